using System.CommandLine;
using StyleGanSharp.Cli.Generation;
using StyleGanSharp.Cli.Options;

namespace StyleGanSharp.Cli.Commands;

/// <summary><c>stylegan generate</c>: pictures from seeds or latents.</summary>
internal static class GenerateCommand
{
    internal static Command Create(CommandOutput output)
    {
        var pictures = new PictureOptionGroup("the picture's own seed (or row)", sweeps: true);
        var seeds = new Option<string?>("--seeds") { Description = "Seeds, e.g. 0,1,4-6 (default: 0).", HelpName = "LIST" };
        var latents = new Option<string?>("--latents") { Description = "Latents z instead of seeds: .npy of [N, z_dim].", HelpName = "FILE" };
        var projected = new Option<string?>("--projected-w") { Description = "Latents w instead of seeds: .npz with 'w' of [N, num_ws, w_dim].", HelpName = "FILE" };
        var grid = new Option<string?>("--grid") { Description = "Also write all pictures as grid.png: columns x rows.", HelpName = "WxH" };
        var format = new Option<string>("--format") { Description = "png, jpg (jpeg), webp, or npy (raw float32 output).", HelpName = "FORMAT", DefaultValueFactory = _ => "png" };
        Option<string> outdir = SharedOptions.OutDir();

        var command = new Command("generate", "Make pictures from seeds or latents.")
        {
            pictures.Network, seeds, latents, projected, pictures, grid, format, outdir,
        };
        pictures.AddDevice(command);
        command.SetAction((parsed, cancel) =>
        {
            // Everything that can be checked without the network comes first, the folder last: nothing is left behind by a mistake.
            var options = new GenerateOptions
            {
                Pictures = pictures.Parse(parsed),
                Psis = pictures.Psis(parsed),
                Seeds = parsed.GetValue(seeds) is string list ? SeedList.Parse(list) : null,
                LatentsFile = parsed.GetValue(latents),
                ProjectedFile = parsed.GetValue(projected),
                Grid = parsed.GetValue(grid) is string size ? GridSize.Parse(size) : null,
                Format = PictureFormats.Parse(parsed.GetValue(format)!),
                OutDir = parsed.GetValue(outdir)!,
            };
            options.Validate();
            if (pictures.Notice(parsed) is string notice)
            {
                output.Say(notice);
            }

            GenerateJob.Run(options, pictures.FindDevice(parsed), output, cancel);
            return Task.FromResult((int)ExitCode.Done);
        });
        return command;
    }
}
