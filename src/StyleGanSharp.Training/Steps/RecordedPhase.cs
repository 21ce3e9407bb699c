using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Cuda;
using StyleGanSharp.Training.Losses;
using StyleGanSharp.Training.Stats;

namespace StyleGanSharp.Training.Steps;

/// <summary>
/// Forward and backward of one phase, recorded for batches of one form. The batch is copied to where the recording reads it,
/// gradients and reports are copied from where it writes them.
/// </summary>
internal sealed class RecordedPhase : IDisposable
{
    private readonly LossBatch own;
    private readonly ICudaGraph graph;
    private readonly bool[] hasGradient;
    private readonly string[] reports;

    private RecordedPhase(LossBatch own, ICudaGraph graph, bool[] hasGradient, string[] reports) =>
        (this.own, this.graph, this.hasGradient, this.reports) = (own, graph, hasGradient, reports);

    /// <summary>Records; nothing is computed yet.</summary>
    /// <param name="batch">A batch of the form.</param>
    /// <param name="stats">Where the loss reports to.</param>
    /// <param name="gradients">What is recorded, for the batch that it is given: <see cref="AdversarialLoss.Gradients"/>.</param>
    /// <param name="graphs">What records.</param>
    /// <exception cref="TorchException">It cannot be recorded.</exception>
    internal static RecordedPhase Record(
        LossBatch batch, DivertedStats stats, Func<LossBatch, Tensor?[]> gradients, ICudaGraphs graphs)
    {
        LossBatch own;
        using (GradMode.Off())
        {
            own = new LossBatch(
                batch.Images.Clone().Own(), batch.ImageLabels?.Clone().Own(), batch.Latents.Clone().Own(),
                batch.LatentLabels?.Clone().Own());
        }

        bool[] hasGradient = [];
        string[] names = [];
        try
        {
            ICudaGraph graph = graphs.Capture(batch.Images.Device, () =>
            {
                using var scope = new TensorScope();
                Tensor?[] computed = [];
                List<(string Name, Tensor Values)> reports = stats.KeepDuring(scope, () => computed = gradients(own));
                (hasGradient, names) = (Array.ConvertAll(computed, g => g is not null), [.. reports.Select(r => r.Name)]);
                return scope.Keep([.. computed.OfType<Tensor>(), .. reports.Select(r => r.Values)]);
            });
            return new RecordedPhase(own, graph, hasGradient, names);
        }
        catch
        {
            Dispose(own);
            throw;
        }
    }

    /// <summary>Computes the phase for a batch of the form.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="stats">Takes the reports, in the order of the loss.</param>
    /// <returns>As <see cref="AdversarialLoss.Gradients"/>, tensors of their own.</returns>
    internal Tensor?[] Call(LossBatch batch, IStatsReporter stats)
    {
        using GradMode mode = GradMode.Off();
        own.Images.CopyInPlace(batch.Images);
        own.ImageLabels?.CopyInPlace(batch.ImageLabels!);
        own.Latents.CopyInPlace(batch.Latents);
        own.LatentLabels?.CopyInPlace(batch.LatentLabels!);
        graph.Replay();
        int next = 0;
        Tensor?[] gradients = Array.ConvertAll(hasGradient, has => has ? graph.Outputs[next++].Clone() : null);
        foreach (string name in reports)
        {
            stats.Report(name, graph.Outputs[next++]);
        }

        return gradients;
    }

    public void Dispose()
    {
        graph.Dispose();
        Dispose(own);
    }

    private static void Dispose(LossBatch batch)
    {
        batch.Images.Dispose();
        batch.ImageLabels?.Dispose();
        batch.Latents.Dispose();
        batch.LatentLabels?.Dispose();
    }
}
