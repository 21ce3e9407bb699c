using StyleGanSharp.Torch;
using StyleGanSharp.Training.Distributed;
using StyleGanSharp.Training.Runs;

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

    /// <summary>Adds up what all processes have gathered.</summary>
    /// <exception cref="RunException">They have not gathered the same quantities.</exception>
    public void Reduce(IReducer reducer)
    {
        ArgumentNullException.ThrowIfNull(reducer);
        if (reducer.Size == 1)
        {
            return;
        }

        // The names first: moments of different quantities would be added up in silence.
        string[] names = [.. moments.Keys.Order(StringComparer.Ordinal)];
        double own = DrawSeed.Of((ulong)names.Length, [.. names.SelectMany(n => n).Select(c => (long)c)]) >> 24;
        if (reducer.Sum(own)[0] != own * reducer.Size)
        {
            throw new RunException("The processes have gathered different statistics: all must run the same program.")
            {
                WhileRunning = true,
            };
        }

        double[] sums = reducer.Sum([.. names.Select(n => moments[n]).SelectMany(m => new[] { m.Count, m.Sum, m.SumOfSquares })]);
        for (int i = 0; i < names.Length; i++)
        {
            moments[names[i]] = new Moments((long)sums[3 * i], sums[(3 * i) + 1], sums[(3 * i) + 2]);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Reset() => moments.Clear();
}
