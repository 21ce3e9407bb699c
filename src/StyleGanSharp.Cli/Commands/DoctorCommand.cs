using System.CommandLine;
using StyleGanSharp.Cli.Diagnosis;

namespace StyleGanSharp.Cli.Commands;

/// <summary><c>stylegan doctor</c>: what this machine has, and what it lacks.</summary>
internal static class DoctorCommand
{
    internal static Command Create(CommandOutput output)
    {
        var json = new Option<bool>("--json") { Description = "One JSON object instead of text." };
        var command = new Command(
            "doctor", "Say what was found on this machine, what is missing, and how to install it.") { json };
        command.SetAction(parsed =>
        {
            List<Finding> findings = [.. MachineChecks.Run(), .. TorchChecks.Run(), .. ToolChecks.Run(), .. DiskChecks.Run()];
            if (parsed.GetValue(json))
            {
                output.Results.WriteLine(FindingReport.Json(findings));
            }
            else
            {
                FindingReport.WriteText(output.Results, findings);
            }

            return (int)(FindingReport.IsUsable(findings) ? ExitCode.Done : ExitCode.Failed);
        });
        return command;
    }
}
