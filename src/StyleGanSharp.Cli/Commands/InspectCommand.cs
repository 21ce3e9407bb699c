using System.CommandLine;
using StyleGanSharp.Cli.Inspection;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Networks.Checkpoints;

namespace StyleGanSharp.Cli.Commands;

/// <summary><c>stylegan inspect</c>: what a snapshot is, or what made an image.</summary>
internal static class InspectCommand
{
    internal static Command Create(CommandOutput output)
    {
        var file = new Argument<string>(
            "FILE")
        {
            Description =
                "Snapshot (.pkl, .pt), network file (.safetensors) or image to look into; nothing in it is executed."
        };
        var json = new Option<bool>("--json") { Description = "One JSON object instead of text." };
        var layers = new Option<bool>("--layers") { Description = "Also list every tensor with its shape." };
        var command = new Command(
            "inspect", "Say what a snapshot is (generation, resolution, labels, networks), or what made an image.") { file, json,
            layers };
        command.SetAction(parsed =>
        {
            if (ImageFile.IsImage(parsed.GetValue(file)!))
            {
                ImageInspection.Write(parsed.GetValue(file)!, parsed.GetValue(json), output.Results);
                return (int)ExitCode.Done;
            }

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
