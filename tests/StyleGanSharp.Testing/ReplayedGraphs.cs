using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Cuda;

namespace StyleGanSharp.Testing;

/// <summary>
/// Stands in for recordings on a device: a replay carries the computation out once more and writes its result to the same place.
/// As on a device, recording alone computes nothing, and the computation reads the tensors that it read then.
/// </summary>
/// <param name="state">Tensors that computations write to: recording alone leaves them as they are.</param>
public sealed class ReplayedGraphs(params Tensor[] state) : ICudaGraphs
{
    /// <summary>Recordings made.</summary>
    public int Captures { get; private set; }

    /// <summary>Replays of all recordings.</summary>
    public int Replays { get; private set; }

    /// <summary>Recordings not yet disposed.</summary>
    public int Alive { get; private set; }

    /// <summary>Refuse to record.</summary>
    public bool FailsToCapture { get; set; }

    /// <summary>Refuse to replay.</summary>
    public bool FailsToReplay { get; set; }

    /// <inheritdoc/>
    public bool Accepts(Device device) => true;

    /// <inheritdoc/>
    public ICudaGraph Capture(Device device, Func<IReadOnlyList<Tensor>> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        if (FailsToCapture)
        {
            throw new TorchException("operation not permitted when stream is capturing");
        }

        Captures++;
        Alive++;
        bool isRecordingGradients = GradMode.IsEnabled;
        using var scope = new TensorScope();
        Tensor[] before = Array.ConvertAll(state, t => t.Clone());
        Tensor[] outputs = [.. body().Select(t => t.Detach().Clone().Own())];
        using GradMode mode = GradMode.Off();
        Array.ForEach(outputs, t => t.FillInPlace(double.NaN));
        for (int i = 0; i < state.Length; i++)
        {
            state[i].CopyInPlace(before[i]);
        }

        return new Graph(this, body, outputs, isRecordingGradients);
    }

    private sealed class Graph(
        ReplayedGraphs owner, Func<IReadOnlyList<Tensor>> body, Tensor[] outputs, bool isRecordingGradients) : ICudaGraph
    {
        public IReadOnlyList<Tensor> Outputs => outputs;

        public void Replay()
        {
            if (owner.FailsToReplay)
            {
                throw new TorchException("an illegal memory access was encountered");
            }

            owner.Replays++;
            using var scope = new TensorScope();
            IReadOnlyList<Tensor> results = Compute();
            using GradMode mode = GradMode.Off();
            for (int i = 0; i < outputs.Length; i++)
            {
                outputs[i].CopyInPlace(results[i]);
            }
        }

        // What was launched then is launched again, whatever the mode is now.
        private IReadOnlyList<Tensor> Compute()
        {
            using GradMode mode = isRecordingGradients ? GradMode.On() : GradMode.Off();
            return body();
        }

        public void Dispose()
        {
            owner.Alive--;
            Array.ForEach(outputs, t => t.Dispose());
        }
    }
}
