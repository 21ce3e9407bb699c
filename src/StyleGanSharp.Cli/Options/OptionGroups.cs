using System.CommandLine;

namespace StyleGanSharp.Cli.Options;

/// <summary>Lets a command take a group of options as if it were one.</summary>
internal static class OptionGroups
{
    internal static void Add(this Command command, IOptionGroup group)
    {
        foreach (Option option in group.All)
        {
            command.Add(option);
        }
    }
}
