using System.CommandLine;
using StyleGanSharp.Generation.Conversion;

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
            string file = parsed.GetValue(target)!;
            if (File.Exists(file) && !parsed.GetValue(force))
            {
                throw new UserException($"{file} exists already: give --force to replace it.");
            }

            foreach (string remark in GeneratorConversion.Convert(parsed.GetValue(source)!, file, parsed.GetValue(force), parsed.GetValue(names)))
            {
                output.Say(remark);
            }

            output.Say($"The generator is in {file}.");
            return (int)ExitCode.Done;
        });
        return command;
    }
}
