using System.CommandLine;
using StyleGanSharp.Cli.NoiseEffects;
using StyleGanSharp.Cli.Options;

namespace StyleGanSharp.Cli.Commands;

/// <summary><c>stylegan noise</c>: what the noise inputs do.</summary>
internal static class NoiseCommand
{
    internal static Command Create(CommandOutput output)
    {
        var pictures = new PictureOptionGroup(ownSeed: null);
        var seed = new Option<uint>("--seed") { Description = "Whose picture.", HelpName = "N", DefaultValueFactory = _ => 0 };
        var samples = new Option<int>("--samples") { Description = "Pictures with fresh noise that the standard deviation is taken over.", HelpName = "N", DefaultValueFactory = _ => 100 };
        var grid = new Option<string>("--grid") { Description = "Samples to show in samples.png: columns x rows.", HelpName = "WxH", DefaultValueFactory = _ => "4x4" };
        var noiseSeed = new Option<uint>("--noise-seed") { Description = "Seed of the first sample's noise; each further one has the next seed.", HelpName = "N", DefaultValueFactory = _ => 0 };
        Option<string> outdir = SharedOptions.OutDir();

        var command = new Command("noise", "Show what the noise inputs do: samples, their deviation, and all, no, fine, middle and coarse noise.")
        {
            pictures.Network, seed, samples, grid, noiseSeed, pictures, outdir,
        };
        pictures.AddDevice(command);
        command.SetAction((parsed, cancel) =>
        {
            var options = new NoiseEffectOptions
            {
                Pictures = pictures.Parse(parsed),
                Seed = parsed.GetValue(seed),
                Samples = parsed.GetValue(samples),
                NoiseSeed = parsed.GetValue(noiseSeed),
                Grid = GridSize.Parse(parsed.GetValue(grid)!),
                OutDir = parsed.GetValue(outdir)!,
            };
            options.Validate();
            NoiseEffectJob.Run(options, pictures.FindDevice(parsed), output, cancel);
            return Task.FromResult((int)ExitCode.Done);
        });
        return command;
    }
}
