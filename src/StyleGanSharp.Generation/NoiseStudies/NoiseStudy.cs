using StyleGanSharp.Generation.Images;
using StyleGanSharp.Generation.Models;
using StyleGanSharp.Generation.Notation;
using StyleGanSharp.Generation.Requests;
using StyleGanSharp.Networks.Layers;

namespace StyleGanSharp.Generation.NoiseStudies;

/// <summary>
/// What the noise inputs do to one image. Source: Karras et al., "A Style-Based Generator Architecture" (2019), section 3.2,
/// figures 4 and 5.
/// </summary>
/// <param name="All">With the stored noise at all levels.</param>
/// <param name="None">Without noise.</param>
/// <param name="Levels">With noise at one level only, by the level's name; fine first.</param>
/// <param name="MissingLevels">Levels at which the network has no noise: their images show none.</param>
/// <param name="Components">These five side by side.</param>
/// <param name="Samples">Some of the samples with fresh noise.</param>
/// <param name="Deviations">Standard deviation of every pixel's brightness over the samples, [H, W] in 8-bit gray levels.</param>
/// <param name="DeviationImage">The same as an image in which the largest deviation is white.</param>
public sealed record NoiseStudy(
    GeneratedImage All, GeneratedImage None, IReadOnlyDictionary<string, GeneratedImage> Levels,
    IReadOnlyList<string> MissingLevels,
    GeneratedImage Components, GeneratedImage Samples, float[] Deviations, GeneratedImage DeviationImage)
{
    /// <summary>Makes a study.</summary>
    /// <param name="model">The model.</param>
    /// <param name="request">Seed and samples.</param>
    /// <param name="progress">Told about every sample.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="RequestException">
    /// The request cannot be carried out, for example because the network has no noise inputs.
    /// </exception>
    public static NoiseStudy Make(
        Model model, NoiseRequest request, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(request);
        RequestException.ThrowIfAny(model.Check(request));
        GeneratedImage With(NoiseChoice noise) =>
            model.Generate(request.OfImage(Latent.OfSeed(request.Seed)) with { Noise = noise }, cancel);

        GeneratedImage all = With(new NoiseChoice()), none = With(new NoiseChoice { Mode = NoiseMode.None });
        var levels = new OrderedDictionary<string, GeneratedImage>();
        foreach (string level in LevelNames.All.Reverse())
        {
            levels[level] = With(new NoiseChoice { Levels = [level] });
        }

        string[] missing =
            [.. LevelNames.All.Where(l => !model.Info.NoiseResolutions.Any(r => model.Info.Levels.OfResolution(r) == l))];
        GeneratedImage components = ImageCells.Grid([all, none, .. levels.Values], new GridSize(2 + levels.Count, 1), model);

        var map = new DeviationMap(model.Info.Width, model.Info.Height);
        var shown = new List<GeneratedImage>();
        for (int i = 0; i < request.Samples; i++)
        {
            ImageRequest sample = request.OfImage(Latent.OfSeed(request.Seed)) with
            {
                Noise = new NoiseChoice { Mode = NoiseMode.Random, Seed = unchecked(request.NoiseSeed + (uint)i) },
            };
            RawImage raw = model.GenerateRaw(sample, cancel);
            map.Add(raw);
            if (shown.Count < request.Grid.Cells)
            {
                shown.Add(new GeneratedImage(raw.ToPixels(), sample, model));
            }

            progress?.Report(new WorkProgress("Sampling noise", "images", i + 1, request.Samples));
        }

        return new NoiseStudy(
            all, none, levels, missing, components, ImageCells.Grid(shown, request.Grid, model), map.Deviations(),
            new GeneratedImage(map.Image(), request, model));
    }
}
