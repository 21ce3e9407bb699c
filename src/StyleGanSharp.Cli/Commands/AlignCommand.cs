using System.CommandLine;
using StyleGanSharp.Cli.Faces;
using StyleGanSharp.Cli.Options;
using StyleGanSharp.Faces;

namespace StyleGanSharp.Cli.Commands;

/// <summary><c>stylegan align</c>: upright crops of the faces of photographs.</summary>
internal static class AlignCommand
{
    internal static Command Create(CommandOutput output)
    {
        var photos = new Argument<string[]>("PHOTO")
        {
            Description = "Image files, or folders of them (with their subfolders).",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string> outdir = SharedOptions.OutDir("the crops");
        var size = new Option<int>("--size")
        {
            Description = "Width and height of the crops, 2 to 4096.",
            HelpName = "N",
            DefaultValueFactory = _ => AlignOptions.DefaultSize,
        };
        var face = new Option<string>("--face")
        {
            Description = "Which face: its number in the list of 'stylegan faces', all, or the largest.",
            HelpName = "N|all|largest",
            DefaultValueFactory = _ => AlignOptions.Largest,
        };
        var landmarks = new Option<string?>("--landmarks")
        {
            Description = "JSON list of 68 or 5 points [x, y] (the eyes from left to right, nose, corners of the mouth) "
                + "in pixels of the upright photograph, instead of searching for a face; for one photograph.",
            HelpName = "FILE",
        };
        var preview = new Option<bool>("--preview")
        {
            Description = "Also write the photograph with square and landmarks drawn.",
        };
        var search = new Option<string>("--search")
        {
            Description = "How hard to search for faces, see 'stylegan faces --help'; thorough also finds small, lying and "
                + "upside-down faces.",
            HelpName = string.Join('|', FacesOptions.Searches),
            DefaultValueFactory = _ => FacesOptions.Searches[0],
        };
        var device = new DeviceOptions();
        var command = new Command("align", "Cut faces out of photographs, upright, as those of FFHQ are.")
        {
            photos, outdir, size, face, landmarks, preview, search,
        };
        device.AddTo(command);
        command.SetAction((parsed, cancel) =>
        {
            var options = new AlignOptions
            {
                Paths = parsed.GetValue(photos)!,
                OutDir = parsed.GetValue(outdir)!,
                Size = parsed.GetValue(size),
                Face = parsed.GetValue(face)!,
                Landmarks = parsed.GetValue(landmarks),
                Preview = parsed.GetValue(preview),
                Search = new FaceOptions
                {
                    Parts = FaceParts.Landmarks,
                    Search = FacesOptions.ParseSearch(parsed.GetValue(search)!),
                },
            };
            options.Validate();
            return Task.FromResult((int)AlignJob.Run(options, () => device.Apply(parsed), output, cancel));
        });
        return command;
    }
}
