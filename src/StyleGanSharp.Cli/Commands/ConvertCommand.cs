using System.CommandLine;
using StyleGanSharp.Generation.Conversion;
using StyleGanSharp.Networks.Checkpoints;

namespace StyleGanSharp.Cli.Commands;

/// <summary><c>stylegan convert</c>: a generator in another file format.</summary>
internal static class ConvertCommand
{
    private const string Single = "float32";
    private const string Half = "float16";

    internal static Command Create(CommandOutput output)
    {
        var source = new Argument<string>("IN") { Description = "Any readable snapshot; nothing in it is executed." };
        var target = new Argument<string>("OUT")
        {
            Description = "File to write: NAME.safetensors, or NAME.pt (rosinality layout, StyleGAN2 only).",
        };
        var force = new Option<bool>("--force") { Description = "Replace OUT if it exists." };
        var names = new Option<string?>("--class-names")
        {
            Description = "Names of the classes to store in a .safetensors file: a text file, one name in each line.",
            HelpName = "FILE",
        };
        var levels = new Option<string?>("--levels")
        {
            Description = "Where middle and fine begin, to store in a .safetensors file: first w index of each, "
                + "first resolution of the noise "
                + "of each. Without a stored choice 4,8,16,64 holds, which leaves small networks no fine level.",
            HelpName = "M,F,MRES,FRES",
        };
        var storage = new Option<string>("--storage")
        {
            Description = "Number format of the weights in a .safetensors file; float16 halves the file and rounds to 11 bits.",
            HelpName = $"{Single}|{Half}",
            DefaultValueFactory = _ => Single,
        };
        storage.AcceptOnlyFromAmong(Single, Half);
        var command = new Command(
            "convert", "Write the generator of a snapshot in another format.") { source, target, force, names, levels, storage };
        command.SetAction(parsed =>
        {
            string file = parsed.GetValue(target)!;
            if (File.Exists(file) && !parsed.GetValue(force))
            {
                throw new UserException($"{file} exists already: give --force to replace it.");
            }

            string? boundaries = parsed.GetValue(levels);
            var request = new ConversionRequest
            {
                Source = parsed.GetValue(source)!,
                Target = file,
                Replace = parsed.GetValue(force),
                ClassNamesFile = parsed.GetValue(names),
                Levels = boundaries is null ? null : NetworkMetadata.ParseLevels(boundaries) ?? throw new UserException(
                    $"--levels '{boundaries}': give four whole numbers, the first w index of middle and fine "
                        + $"(rising, from 1) and the first "
                    + "resolution of their noise (rising, from 4), for example 4,6,16,32."),
                HalfSize = parsed.GetValue(storage) == Half,
            };
            foreach (string remark in GeneratorConversion.Convert(request))
            {
                output.Say(remark);
            }

            output.Say($"The generator is in {file}.");
            return (int)ExitCode.Done;
        });
        return command;
    }
}
