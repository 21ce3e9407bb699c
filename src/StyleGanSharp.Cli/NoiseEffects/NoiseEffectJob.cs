using System.Globalization;
using StyleGanSharp.Cli.Generation;
using StyleGanSharp.Cli.Options;
using StyleGanSharp.Cli.Output;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Data.Numpy;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.NoiseEffects;

/// <summary>
/// Shows what the noise inputs do to one picture. Source: Karras et al., "A Style-Based Generator Architecture" (2019), section 3.2,
/// figures 4 and 5.
/// </summary>
internal static class NoiseEffectJob
{
    internal static void Run(NoiseEffectOptions options, Func<Device> findDevice, CommandOutput output, CancellationToken cancel)
    {
        using PictureMaker maker = PictureMaker.Open(options.Pictures, findDevice, output, cancel);
        using var scope = new TensorScope();
        Tensor ws = maker.Ws(options.Seed);
        SortedSet<int> resolutions = NoiseProbe.Resolutions(maker.Generator, ws);
        if (resolutions.Count == 0)
        {
            throw new UserException($"{options.Pictures.Network} has no noise inputs, so there is nothing to show.");
        }

        options.Grid.RequireFits("--grid", maker.Generator.Width, maker.Generator.Height);
        PictureWriter.Prepare(options.OutDir, needsImages: true);
        maker.SayNotice(output);

        Components(options, maker, ws, resolutions, output);
        Samples(options, maker, ws, output, cancel);
        output.Say($"The pictures are in {options.OutDir}.");
    }

    private static void Components(NoiseEffectOptions options, PictureMaker maker, Tensor ws, SortedSet<int> resolutions, CommandOutput output)
    {
        var pictures = new List<ImageBuffer>();
        void Make(string name, NoiseInput noise)
        {
            pictures.Add(maker.Picture(ws, noise));
            Save(options, name, pictures[^1]);
        }

        Make("all", NoiseInput.Const);
        Make("none", NoiseInput.None);
        foreach (string level in (string[])[Levels.Fine, Levels.Middle, Levels.Coarse])
        {
            if (!resolutions.Any(r => Levels.OfResolution(r) == level))
            {
                output.Say($"The network has no {level} noise: {level}.png shows none.");
            }

            Make(level, NoiseInput.Const.OnlyAt(r => Levels.OfResolution(r) == level));
        }

        Save(options, "components", ImageGrid.Compose(pictures, pictures.Count, 1));
    }

    private static void Samples(NoiseEffectOptions options, PictureMaker maker, Tensor ws, CommandOutput output, CancellationToken cancel)
    {
        var map = new DeviationMap(maker.Generator.Width, maker.Generator.Height);
        var shown = new List<ImageBuffer>();
        ProgressLine.Run(output, "Sampling noise", "images", options.Samples, done =>
        {
            for (int i = 0; i < options.Samples; i++)
            {
                cancel.ThrowIfCancellationRequested();
                using var sample = new TensorScope();
                using var draws = new RandomGenerator(unchecked(options.NoiseSeed + (uint)i), maker.Device);
                Tensor image = maker.Generator.Synthesize(ws, NoiseInput.Random(draws));
                map.Add(image);
                if (shown.Count < options.Grid.Places)
                {
                    shown.Add(PictureWriter.ToBuffer(image));
                }

                done(1);
            }
        });

        Save(options, "samples", ImageGrid.Compose(shown, options.Grid.Columns, options.Grid.Rows));
        Save(options, "stddev", map.Picture());
        float[] deviations = map.Deviations();
        try
        {
            NpyFile.Write(Path.Combine(options.OutDir, "stddev.npy"), NumpyArray.Create<float>(deviations, maker.Generator.Height, maker.Generator.Width));
        }
        catch (NumpyFileException e)
        {
            // A full disk is no wrong input, which this exception means elsewhere.
            throw new IOException(e.Message, e);
        }

        output.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"Noise moves a pixel by {deviations.Average():0.00} grey levels on average (standard deviation over {options.Samples} samples), at most by {deviations.Max():0.00}, which is white in stddev.png."));
    }

    private static void Save(NoiseEffectOptions options, string name, ImageBuffer picture) =>
        ImageFile.Write(Path.Combine(options.OutDir, $"{name}.png"), picture);
}
