using System.CommandLine;
using StyleGanSharp.Cli.Inspection;
using StyleGanSharp.Networks.Checkpoints;

namespace StyleGanSharp.Cli.Commands;

/// <summary><c>stylegan inspect</c>: what a snapshot is.</summary>
internal static class InspectCommand
{
    internal static Command Create(CommandOutput output)
    {
        var file = new Argument<string>("FILE") { Description = "Snapshot (.pkl, .pt) or network file (.safetensors) to look into; nothing in it is executed." };
        var json = new Option<bool>("--json") { Description = "One JSON object instead of text." };
        var layers = new Option<bool>("--layers") { Description = "Also list every tensor with its shape." };
        var command = new Command("inspect", "Say what a snapshot is: generation, resolution, labels, networks.") { file, json, layers };
        command.SetAction(parsed =>
        {
            SnapshotSummary summary = SnapshotSummary.Read(parsed.GetValue(file)!);
            if (parsed.GetValue(json))
            {
                output.Results.WriteLine(InspectJson.Write(summary, parsed.GetValue(layers)));
            }
            else
            {
                new InspectText(output.Results).Write(summary, parsed.GetValue(layers));
            }

            return (int)ExitCode.Done;
        });
        return command;
    }
}
