using StyleGanSharp.Torch;
using StyleGanSharp.Training.Stats;

namespace StyleGanSharp.Training.Tests;

/// <summary>Keeps every report, in order.</summary>
internal sealed class RecordedStats : IStatsReporter, IDisposable
{
    private readonly Dictionary<string, List<Tensor>> reports = [];

    public IReadOnlyList<Tensor> this[string name] => reports.TryGetValue(name, out List<Tensor>? list) ? list : [];

    public IEnumerable<string> Names => reports.Keys;

    public void Report(string name, Tensor values)
    {
        if (!reports.TryGetValue(name, out List<Tensor>? list))
        {
            reports[name] = list = [];
        }

        list.Add(values.Detach().Clone().Own());
    }

    public void Dispose()
    {
        foreach (Tensor tensor in reports.Values.SelectMany(r => r))
        {
            tensor.Dispose();
        }

        reports.Clear();
    }
}
