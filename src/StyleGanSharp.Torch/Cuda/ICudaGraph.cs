namespace StyleGanSharp.Torch.Cuda;

/// <summary>A recorded computation; disposing it frees the recording and its results.</summary>
public interface ICudaGraph : IDisposable
{
    /// <summary>The places that every <see cref="Replay"/> writes the results to; unspecified before the first.</summary>
    IReadOnlyList<Tensor> Outputs { get; }

    /// <summary>Queues the computation once more: it reads and writes where it did when it was recorded.</summary>
    void Replay();
}
