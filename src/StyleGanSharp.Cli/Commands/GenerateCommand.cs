using System.CommandLine;
using StyleGanSharp.Cli.Generation;
using StyleGanSharp.Cli.Options;
using StyleGanSharp.Generation.Images;
using StyleGanSharp.Generation.Notation;
using StyleGanSharp.Generation.Requests;

namespace StyleGanSharp.Cli.Commands;

/// <summary><c>stylegan generate</c>: images from seeds or latents.</summary>
internal static class GenerateCommand
{
    internal static Command Create(CommandOutput output)
    {
        var images = new ImageOptionGroup("the image's own seed (or row)", sweeps: true);
        var seeds = new Option<string?>("--seeds") { Description = "Seeds, e.g. 0,1,4-6 (default: 0).", HelpName = "LIST" };
        var latents = new Option<string?>("--latents")
        {
            Description = "Latents z instead of seeds: .npy of [N, z_dim].",
            HelpName = "FILE",
        };
        var projected = new Option<string?>("--projected-w")
        {
            Description = "Latents w instead of seeds, as projectors and encoders write them: .npz, "
                + ".npy or a torch file with w of [N, num_ws, w_dim].",
            HelpName = "FILE",
        };
        var from = new Option<string?>("--from")
        {
            Description = "Make an image again from what its PNG or WebP file carries: the same file, "
                + "byte for byte on the same machine.",
            HelpName = "FILE",
        };
        var grid = new Option<string?>("--grid")
        {
            Description = "Also write all images as grid.png: columns x rows.",
            HelpName = "WxH",
        };
        var format = new Option<string?>("--format")
        {
            Description = "png (the default), jpg (jpeg), webp, or npy (raw float32 output).",
            HelpName = "FORMAT",
        };
        Option<bool> noMetadata = SharedOptions.NoMetadata();
        Option<string> outdir = SharedOptions.OutDir();

        var command = new Command("generate", "Make images from seeds or latents.")
        {
            images.Network, seeds, latents, projected, from, images, grid, format, noMetadata, outdir,
        };
        images.AddDevice(command);
        command.SetAction((parsed, cancel) =>
        {
            // Everything that can be checked without the network comes first, the folder last: nothing is left behind by a
            // mistake.
            var options = new GenerateOptions
            {
                Network = parsed.GetResult(images.Network) is { Implicit: false } ? parsed.GetValue(images.Network) : null,
                Compute = images.Compute(parsed),
                Template = images.Apply(parsed, new ImageRequest()),
                Psis = images.Psis(parsed),
                Seeds = parsed.GetValue(seeds) is string list ? SeedList.Parse(list, "seeds") : null,
                LatentsFile = parsed.GetValue(latents),
                ProjectedFile = parsed.GetValue(projected),
                From = parsed.GetValue(from),
                Grid = parsed.GetValue(grid) is string size ? GridSize.Parse(size, "grid") : null,
                Format = parsed.GetValue(format) is string name ? OutputFormats.Parse(name, "format") : null,
                Metadata = !parsed.GetValue(noMetadata),
                OutDir = parsed.GetValue(outdir)!,
            };
            options.Validate();
            if (images.Notice(parsed) is string notice)
            {
                output.Say(notice);
            }

            GenerateJob.Run(options, output, cancel);
            return Task.FromResult((int)ExitCode.Done);
        });
        return command;
    }
}
