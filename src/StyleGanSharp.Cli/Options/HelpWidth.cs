using System.CommandLine;
using System.CommandLine.Help;

namespace StyleGanSharp.Cli.Options;

/// <summary>Help pages have the same width everywhere, so that they can be kept and compared.</summary>
internal static class HelpWidth
{
    private const int Columns = 110;

    internal static void Apply(RootCommand root)
    {
        foreach (HelpOption help in root.Options.OfType<HelpOption>())
        {
            ((HelpAction)help.Action!).MaxWidth = Columns;
        }
    }
}
