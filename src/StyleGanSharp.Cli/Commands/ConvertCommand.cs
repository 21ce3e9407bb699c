using System.CommandLine;
using StyleGanSharp.Cli.Conversion;

namespace StyleGanSharp.Cli.Commands;

/// <summary><c>stylegan convert</c>: a generator in another file format.</summary>
internal static class ConvertCommand
{
    internal static Command Create(CommandOutput output)
    {
        var source = new Argument<string>("IN") { Description = "Any readable snapshot; nothing in it is executed." };
        var target = new Argument<string>("OUT") { Description = "File to write: NAME.safetensors, or NAME.pt (rosinality layout, StyleGAN2 only)." };
        var force = new Option<bool>("--force") { Description = "Replace OUT if it exists." };
        var names = new Option<string?>("--class-names") { Description = "Names of the classes to store in a .safetensors file: a text file, one name in each line.", HelpName = "FILE" };
        var command = new Command("convert", "Write the generator of a snapshot in another format.") { source, target, force, names };
        command.SetAction(parsed =>
        {
            ConvertJob.Run(parsed.GetValue(source)!, parsed.GetValue(target)!, parsed.GetValue(force), parsed.GetValue(names), output);
            return (int)ExitCode.Done;
        });
        return command;
    }
}
