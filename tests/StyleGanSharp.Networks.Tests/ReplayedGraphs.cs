using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Cuda;

namespace StyleGanSharp.Networks.Tests;

/// <summary>
/// Stands in for recordings on a device: a replay carries the computation out once more and writes its result to the same place. As on a device, recording
/// alone computes nothing, and the computation reads the tensors that it read then.
/// </summary>
internal sealed class ReplayedGraphs : ICudaGraphs
{
    /// <summary>Recordings made.</summary>
    internal int Captures { get; private set; }

    /// <summary>Replays of all recordings.</summary>
    internal int Replays { get; private set; }

    /// <summary>Recordings not yet disposed.</summary>
    internal int Alive { get; private set; }

    /// <summary>Refuse to record.</summary>
    internal bool FailsToCapture { get; set; }

    /// <summary>Refuse to replay.</summary>
    internal bool FailsToReplay { get; set; }

    public bool Accepts(Device device) => true;

    public ICudaGraph Capture(Device device, Func<Tensor> body)
    {
        if (FailsToCapture)
        {
            throw new TorchException("operation not permitted when stream is capturing");
        }

        Captures++;
        Alive++;
        using var scope = new TensorScope();
        Tensor output = body().Clone().Own();
        output.FillInPlace(double.NaN);
        return new Graph(this, body, output);
    }

    private sealed class Graph(ReplayedGraphs owner, Func<Tensor> body, Tensor output) : ICudaGraph
    {
        public Tensor Output => output;

        public void Replay()
        {
            if (owner.FailsToReplay)
            {
                throw new TorchException("an illegal memory access was encountered");
            }

            owner.Replays++;
            using var scope = new TensorScope();
            output.CopyInPlace(body());
        }

        public void Dispose()
        {
            owner.Alive--;
            output.Dispose();
        }
    }
}
