namespace StyleGanSharp.Torch.Cuda;

/// <summary>What can record computations: the devices themselves, or whatever stands in for them in tests.</summary>
public interface ICudaGraphs
{
    /// <summary>Whether computations on a device can be recorded.</summary>
    bool Accepts(Device device);

    /// <summary>Records a computation.</summary>
    /// <param name="device">One that this <see cref="Accepts"/>.</param>
    /// <param name="body">
    /// Obeys the rules of <see cref="CudaGraph.Capture"/>; its results are kept as long as the recording.
    /// </param>
    /// <exception cref="TorchException">It cannot be recorded; nothing stays recorded.</exception>
    ICudaGraph Capture(Device device, Func<IReadOnlyList<Tensor>> body);
}
