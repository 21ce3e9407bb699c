using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Cuda;
using StyleGanSharp.Training.Losses;
using StyleGanSharp.Training.Stats;

namespace StyleGanSharp.Training.Steps;

/// <summary>
/// Forward and backward of the phases that are the same computation every time (<see cref="AdversarialLoss.IsRepeatable"/>),
/// recorded on a CUDA device as graphs. Asked for by <c>STYLEGAN_CUDA_GRAPHS=train</c> in the environment, in runs of one
/// process: each recording keeps the memory of its phase.
/// </summary>
/// <param name="networks">
/// Whose tensors the phases read and write where they lie; recordings are dropped where these are moved.
/// </param>
/// <param name="loss">Computes the phases.</param>
/// <param name="stats">Where <paramref name="loss"/> reports to.</param>
/// <param name="graphs">What records.</param>
/// <param name="warn">Takes the one line that says why nothing is recorded.</param>
/// <param name="isOn">Whether anything is recorded at all.</param>
internal sealed class RecordedPhases(
    TrainedNetworks networks, AdversarialLoss loss, DivertedStats stats, ICudaGraphs graphs, Action<string> warn,
    bool isOn = true) : IDisposable
{
    // Kernels are loaded and algorithms chosen outside of a recording.
    private const int CallsBefore = 2;

    private readonly Dictionary<Form, int> calls = [];
    private readonly Dictionary<Form, RecordedPhase> recorded = [];
    private bool isOn = isOn;
    private int places;

    /// <summary>Number of recordings kept.</summary>
    internal int Count => recorded.Count;

    /// <summary>Whether the environment asks for it.</summary>
    internal static bool IsAsked => Environment.GetEnvironmentVariable(CudaGraphs.Variable) == "train";

    /// <inheritdoc cref="AdversarialLoss.Gradients"/>
    internal Tensor?[] Gradients(Phase phase, LossBatch batch, double gain, long images, ILossDraws draws)
    {
        if (!isOn || !loss.IsRepeatable(phase, images) || !graphs.Accepts(batch.Images.Device))
        {
            return loss.Gradients(phase, batch, gain, images, draws);
        }

        int now = Places();
        if (now != places)
        {
            Drop();
            places = now;
        }

        var form = new Form(
            phase, gain, Shape.Format(batch.Images.Shape), batch.ImageLabels is not null, batch.LatentLabels is not null);
        int before = calls.GetValueOrDefault(form);
        calls[form] = before + 1;
        return before >= CallsBefore && Find(form, batch, images, draws) is RecordedPhase recording
            ? recording.Call(batch, stats)
            : loss.Gradients(phase, batch, gain, images, draws);
    }

    /// <summary>Frees all recordings and makes no more: their memory is needed.</summary>
    internal void Stop()
    {
        isOn = false;
        Drop();
    }

    public void Dispose() => Drop();

    private RecordedPhase? Find(Form form, LossBatch batch, long images, ILossDraws draws)
    {
        if (recorded.TryGetValue(form, out RecordedPhase? recording))
        {
            return recording;
        }

        try
        {
            return recorded[form] = RecordedPhase.Record(
                batch, stats, own => loss.Gradients(form.Phase, own, form.Gain, images, draws), graphs);
        }
        catch (TorchException e)
        {
            // Nothing was computed: averages have not moved.
            Stop();
            warn($"Training is not recorded as CUDA graphs, but computed step by step (slower): {e.Message.TrimEnd('.')}. "
                + $"It goes on; leave {CudaGraphs.Variable}=train out next time.");
            return null;
        }
    }

    private void Drop()
    {
        foreach (RecordedPhase phase in recorded.Values)
        {
            phase.Dispose();
        }

        recorded.Clear();
        calls.Clear();
    }

    private int Places()
    {
        var hash = default(HashCode);
        foreach (Torch.Modules.NamedTensor tensor in networks.GeneratorModule.NamedTensors().Concat(
            networks.DiscriminatorModule.NamedTensors()))
        {
            hash.Add(tensor.Value.DataPointer);
        }

        return hash.ToHashCode();
    }

    private sealed record Form(Phase Phase, double Gain, string Images, bool HasImageLabels, bool HasLatentLabels);
}
