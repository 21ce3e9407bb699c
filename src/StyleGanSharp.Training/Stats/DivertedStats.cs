using StyleGanSharp.Torch;

namespace StyleGanSharp.Training.Stats;

/// <summary>Hands reports on, or keeps them for later: nothing may be read while a computation is recorded.</summary>
/// <param name="stats">Takes what is handed on.</param>
internal sealed class DivertedStats(IStatsReporter stats) : IStatsReporter
{
    private List<(string Name, Tensor Values)>? kept;

    /// <inheritdoc/>
    public void Report(string name, Tensor values)
    {
        if (kept is null)
        {
            stats.Report(name, values);
        }
        else
        {
            kept.Add((name, values.Detach().Own()));
        }
    }

    /// <summary>Runs a computation and keeps what it reports; the tensors belong to the current scope then.</summary>
    internal List<(string Name, Tensor Values)> KeepDuring(TensorScope scope, Action body)
    {
        var reports = new List<(string Name, Tensor Values)>();
        kept = reports;
        try
        {
            body();
        }
        finally
        {
            kept = null;
            reports.ForEach(r => scope.Adopt(r.Values));
        }

        return reports;
    }
}
