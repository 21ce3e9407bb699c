using System.Globalization;
using StyleGanSharp.Training.Stats;

namespace StyleGanSharp.Training.Runs;

/// <summary>Looks at the statistics of a tick for the signs of trouble that users of GANs know.</summary>
internal static class HealthCheck
{
    // Signs of the discriminator: 1 and -1 mean that it is never wrong. Some ticks of that are normal at the start.
    // Warnings that go on are repeated after so many ticks, too.
    private const double Overpowered = 0.95;
    private const int PatientTicks = 5;
    private const double StrongAugmentation = 0.8;

    private static readonly string[] Losses = ["Loss/G/loss", "Loss/D/loss"];

    /// <summary>Whether a loss since the last tick was not a number.</summary>
    internal static bool HasBrokenLoss(StatsCollector stats) =>
        Losses.Any(name => stats[name].Count > 0 && !double.IsFinite(stats[name].Mean));

    /// <summary>Ticks in a row in which the discriminator has been right nearly always.</summary>
    internal static int OverpoweredTicks(StatsCollector stats, int before) =>
        stats["Loss/signs/real"].Mean > Overpowered && stats["Loss/signs/fake"].Mean < -Overpowered ? before + 1 : 0;

    /// <summary>Sentences for the user; usually none.</summary>
    internal static IEnumerable<string> Warnings(StatsCollector stats, RunProgress progress)
    {
        if (progress.OverpoweredTicks > 0 && progress.OverpoweredTicks % PatientTicks == 0)
        {
            yield return
                $"For {progress.OverpoweredTicks} ticks the discriminator has been right nearly always: "
                    + $"the generator learns little from it, and may have " +
                "collapsed. Look at the last grids; a larger gamma, more data or adaptive augmentation help.";
        }

        if (progress.AugmentStrength > StrongAugmentation && progress.Tick % PatientTicks == 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"The strength of the augmentation is {progress.AugmentStrength:0.00}: "
                    + $"above {StrongAugmentation} augmentations can leak into generated " +
                $"pictures, and the data may be too few. A maximum strength of {StrongAugmentation} limits it.");
        }
    }
}
