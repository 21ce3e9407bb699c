using StyleGanSharp.Torch;
using StyleGanSharp.Training.Stats;

namespace StyleGanSharp.Training.Runs;

/// <summary>Gathers reports, and passes on what the augmentation's strength follows.</summary>
internal sealed class RunStats(Augmentation? augmentation) : IStatsReporter
{
    private const string RealSigns = "Loss/signs/real";

    internal StatsCollector Collector { get; } = new();

    public void Report(string name, Tensor values)
    {
        Collector.Report(name, values);
        if (name == RealSigns)
        {
            augmentation?.Report(values);
        }
    }
}
