using System.CommandLine;
using StyleGanSharp.Cli.Faces;
using StyleGanSharp.Cli.Options;
using StyleGanSharp.Faces;

namespace StyleGanSharp.Cli.Commands;

/// <summary><c>stylegan faces</c>: the faces of images.</summary>
internal static class FacesCommand
{
    private static readonly FaceOptions Defaults = new();

    internal static Command Create(CommandOutput output)
    {
        var images = new Argument<string[]>("IMAGE")
        {
            Description = "Image files, or folders of them (with their subfolders).",
            Arity = ArgumentArity.OneOrMore,
        };
        var json = new Option<bool>(
            "--json")
        { Description = "One JSON object instead of a table; it also has the 68 landmarks." };
        var annotate = new Option<string?>("--annotate")
        {
            Description = "Folder for copies of the images with boxes and landmarks drawn, created where it is missing.",
            HelpName = "DIR",
        };
        var parts = new Option<string>("--parts")
        {
            Description = $"What to find out about each face, separated by commas: {string.Join(", ", FacePartNames.All)}, all, "
                + $"or box for nothing else.",
            HelpName = "LIST",
            DefaultValueFactory = _ => FacePartNames.Default,
        };
        var search = new Option<string>("--search")
        {
            Description = "once: at --size. adaptive: where that finds nothing, also at smaller sizes, "
                + "for faces that fill the image. "
                + "thorough: at five sizes and in twelve rotations; also finds small, lying and upside-down faces, "
                + "about forty times as slow.",
            HelpName = string.Join('|', FacesOptions.Searches),
            DefaultValueFactory = _ => FacesOptions.Searches[0],
        };
        var size = new Option<int>("--size")
        {
            Description = "Side of the square that images are scaled to for the search, a multiple of 32; "
                + "larger ones find smaller faces.",
            HelpName = "N",
            DefaultValueFactory = _ => Defaults.InputSize,
        };
        var score = new Option<double>("--min-score")
        {
            Description = "Lowest score of a face, 0 to 1.",
            HelpName = "X",
            DefaultValueFactory = _ => Defaults.MinScore,
        };
        var device = new DeviceOptions();
        var command = new Command("faces", "Find faces in images: boxes, landmarks, expression, age, gender.")
        {
            images, json, annotate, parts, search, size, score,
        };
        device.AddTo(command);
        command.SetAction((parsed, cancel) =>
        {
            var options = new FacesOptions
            {
                Paths = parsed.GetValue(images)!,
                AnnotateDir = parsed.GetValue(annotate),
                Search = new FaceOptions
                {
                    Parts = FacePartNames.Parse(parsed.GetValue(parts)!),
                    Search = FacesOptions.ParseSearch(parsed.GetValue(search)!),
                    InputSize = parsed.GetValue(size),
                    MinScore = parsed.GetValue(score),
                },
            };
            options.Validate();
            FacesReport report = FacesJob.Run(options, () => device.Apply(parsed), output, cancel);
            if (parsed.GetValue(json))
            {
                report.WriteJson(output.Results);
            }
            else
            {
                report.WriteTable(output.Results);
            }

            return Task.FromResult((int)(report.HasImages ? ExitCode.Done : ExitCode.WrongInput));
        });
        return command;
    }
}
