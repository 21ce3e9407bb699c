using System.CommandLine;
using System.Globalization;
using StyleGanSharp.Cli.Options;
using StyleGanSharp.Cli.Output;
using StyleGanSharp.Generation.Images;
using StyleGanSharp.Generation.Models;
using StyleGanSharp.Generation.NoiseStudies;
using StyleGanSharp.Generation.Notation;
using StyleGanSharp.Generation.Requests;

namespace StyleGanSharp.Cli.Commands;

/// <summary><c>stylegan noise</c>: what the noise inputs do.</summary>
internal static class NoiseCommand
{
    internal static Command Create(CommandOutput output)
    {
        var images = new ImageOptionGroup(ownSeed: null);
        var seed = new Option<uint>("--seed")
        {
            Description = "Seed of the image.",
            HelpName = "N",
            DefaultValueFactory = _ => 0,
        };
        var samples = new Option<int>("--samples")
        {
            Description = "Images with fresh noise that the standard deviation is taken over.",
            HelpName = "N",
            DefaultValueFactory = _ => 100,
        };
        var grid = new Option<string>("--grid")
        {
            Description = "Samples to show in samples.png: columns x rows.",
            HelpName = "WxH",
            DefaultValueFactory = _ => "4x4",
        };
        var noiseSeed = new Option<uint>("--noise-seed")
        {
            Description = "Seed of the first sample's noise; each further one has the next seed.",
            HelpName = "N",
            DefaultValueFactory = _ => 0,
        };
        Option<bool> noMetadata = SharedOptions.NoMetadata();
        Option<string> outdir = SharedOptions.OutDir();

        var command = new Command(
            "noise", "Show what the noise inputs do: samples, their deviation, and all, no, fine, middle and coarse noise.")
        {
            images.Network, seed, samples, grid, noiseSeed, images, noMetadata, outdir,
        };
        images.AddDevice(command);
        command.SetAction((parsed, cancel) =>
        {
            NoiseRequest request = images.Apply(parsed, new NoiseRequest
            {
                Seed = parsed.GetValue(seed),
                Samples = parsed.GetValue(samples),
                NoiseSeed = parsed.GetValue(noiseSeed),
                Grid = GridSize.Parse(parsed.GetValue(grid)!, "grid"),
            });
            using Model model = ConsoleModels.Open(
                parsed.GetValue(images.Network)!, images.Compute(parsed), request, output, cancel);
            Run(model, request, parsed.GetValue(outdir)!, !parsed.GetValue(noMetadata), output, cancel);
            return Task.FromResult((int)ExitCode.Done);
        });
        return command;
    }

    private static void Run(
        Model model, NoiseRequest request, string folder, bool metadata, CommandOutput output, CancellationToken cancel)
    {
        RequestException.ThrowIfAny(model.Check(request));
        OutputFolder.Prepare(folder, "outdir");
        ConsoleModels.SayClasses(model, request, output);
        NoiseStudy? study = null;
        ProgressLine.Run(output, "Sampling noise", "images", request.Samples, done =>
            study = NoiseStudy.Make(model, request, new CountedProgress(done), cancel));
        void Save(GeneratedImage image, string name) => image.Save(Path.Combine(folder, $"{name}.png"), metadata);

        Save(study!.All, "all");
        Save(study.None, "none");
        foreach ((string level, GeneratedImage image) in study.Levels)
        {
            if (study.MissingLevels.Contains(level))
            {
                output.Say($"The network has no {level} noise: {level}.png shows none.");
            }

            Save(image, level);
        }

        Save(study.Components, "components");
        Save(study.Samples, "samples");
        Save(study.DeviationImage, "stddev");
        OutputFolder.WriteNumbers(Path.Combine(folder, "stddev.npy"), study.Deviations, model.Info.Height, model.Info.Width);
        output.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"Noise moves a pixel by {study.Deviations.Average():0.00} gray levels on average (standard deviation over "
                + $"{request.Samples} samples), " +
            $"at most by {study.Deviations.Max():0.00}, which is white in stddev.png."));
        output.Say($"The images are in {folder}.");
    }
}
