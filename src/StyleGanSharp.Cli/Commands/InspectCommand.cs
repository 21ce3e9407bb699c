using System.CommandLine;

namespace StyleGanSharp.Cli.Commands;

internal static class InspectCommand
{
    internal static Command Create(CommandOutput output) => new("inspect", "x");
}
