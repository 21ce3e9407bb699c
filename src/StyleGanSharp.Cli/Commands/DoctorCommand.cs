using System.CommandLine;

namespace StyleGanSharp.Cli.Commands;

internal static class DoctorCommand
{
    internal static Command Create(CommandOutput output) => new("doctor", "x");
}
