using System.CommandLine;

namespace StyleGanSharp.Cli.Commands;

internal static class BenchCommand
{
    internal static Command Create(CommandOutput output) => new("bench", "x");
}
