namespace StyleGanSharp.Torch.Cuda;

/// <summary>A recorded computation; disposing it frees the recording and its result.</summary>
public interface ICudaGraph : IDisposable
{
    /// <summary>The place that every <see cref="Replay"/> writes the result to; unspecified before the first.</summary>
    Tensor Output { get; }

    /// <summary>Queues the computation once more: it reads and writes where it did when it was recorded.</summary>
    void Replay();
}
