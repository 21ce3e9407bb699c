using StyleGanSharp.Torch;

namespace StyleGanSharp.Training.Stats;

/// <summary>Gathers what is reported between two ticks.</summary>
public sealed class StatsCollector : IStatsReporter
{
    private readonly OrderedDictionary<string, Moments> moments = [];

    /// <inheritdoc/>
    public void Report(string name, Tensor values)
    {
        ArgumentNullException.ThrowIfNull(values);
        using var scope = new TensorScope();
        foreach (float value in values.Detach().To(DType.Float32).ToArray<float>())
        {
            Report(name, value);
        }
    }

    /// <summary>Takes one number.</summary>
    public void Report(string name, double value) => moments[name] = moments.GetValueOrDefault(name).With(value);

    /// <summary>The moments of a quantity since the last <see cref="Reset"/>; of no samples where there were none.</summary>
    public Moments this[string name] => moments.GetValueOrDefault(name);

    /// <summary>All quantities since the last <see cref="Reset"/>, in the order of their first report.</summary>
    public IEnumerable<KeyValuePair<string, Moments>> All => moments;

    /// <summary>Forgets everything.</summary>
    public void Reset() => moments.Clear();
}
