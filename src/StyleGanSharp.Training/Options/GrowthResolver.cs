using System.Globalization;
using System.Numerics;
using StyleGanSharp.Training.Growth;
using StyleGanSharp.Training.Losses;

namespace StyleGanSharp.Training.Options;

/// <summary>A preset's schedule of growing and what a user asks for, to the schedule of a run.</summary>
internal static class GrowthResolver
{
    // With the Wasserstein loss StyleGAN's rates were not raised beyond this (Karras et al. 2019, appendix C).
    private const double LargestWassersteinRate = 0.002;

    /// <summary>The schedule.</summary>
    /// <param name="request">What the user asks for.</param>
    /// <param name="preset">Its schedule is the default.</param>
    /// <param name="resolution">Of the data.</param>
    /// <param name="loss">Which loss.</param>
    /// <param name="start">Networks to start from: they go on where they stopped to grow; null: fresh ones.</param>
    /// <param name="problems">Takes what is wrong.</param>
    internal static GrowthOptions Resolve(
        TrainingRequest request, GrowthPreset preset, int resolution, LossKind loss, StartingNetworks? start, Problems problems)
    {
        int initial = request.GrowFrom ?? start?.GrownTo ?? Math.Min(preset.InitialResolution, resolution);
        problems.Unless(
            initial >= 4 && initial <= resolution && BitOperations.IsPow2(initial), Names.GrowFrom, initial,
            $"expected 4, 8, 16, ... up to the {resolution} of the data");
        IReadOnlyDictionary<int, int> given = Batches(request.LevelBatch, resolution, problems);
        var levels = new List<GrowthLevel>();
        for (int side = 4; side <= resolution; side *= 2)
        {
            double rate = preset.Rates.GetValueOrDefault(side, preset.Rate);
            rate = loss == LossKind.Wasserstein ? Math.Min(rate, LargestWassersteinRate) : rate;
            levels.Add(new GrowthLevel(
                side, given.TryGetValue(side, out int own) ? own : request.Batch
                    ?? preset.Batches.GetValueOrDefault(side, preset.Batch),
                request.GeneratorRate ?? rate, request.DiscriminatorRate ?? rate,
                Math.Max(1, Images(request.TickKimg ?? preset.TicksKimg.GetValueOrDefault(side, preset.TickKimg)))));
        }

        return new GrowthOptions
        {
            InitialResolution = BitOperations.IsPow2(initial) ? Math.Clamp(initial, 4, resolution) : 4,
            TrainImages = Images(request.LevelKimg ?? preset.LevelKimg),
            FadeImages = Images(request.FadeKimg ?? preset.FadeKimg),
            Levels = [.. levels],
        };
    }

    private static Dictionary<int, int> Batches(string? text, int resolution, Problems problems)
    {
        var batches = new Dictionary<int, int>();
        foreach (string pair in text?.Split(',', StringSplitOptions.TrimEntries) ?? [])
        {
            string[] parts = pair.Split(':');
            bool fine = parts.Length == 2
                && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int side)
                && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int batch)
                && side >= 4 && side <= resolution && BitOperations.IsPow2(side) && batch is >= 1 and <= 65536
                && batches.TryAdd(side, batch);
            problems.Unless(
                fine, Names.LevelBatch, text,
                $"expected pairs of a resolution up to {resolution} and a batch, each resolution once, for instance 4:128,8:64");
            if (!fine)
            {
                break;
            }
        }

        return batches;
    }

    private static long Images(double kimg) => (long)Math.Round(kimg * 1000);
}
