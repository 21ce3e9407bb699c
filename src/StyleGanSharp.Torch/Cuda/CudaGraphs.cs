namespace StyleGanSharp.Torch.Cuda;

/// <summary>Recordings on CUDA devices as <see cref="CudaGraph"/>s.</summary>
public sealed class CudaGraphs : ICudaGraphs
{
    private CudaGraphs()
    {
    }

    /// <summary>Those of this process.</summary>
    public static CudaGraphs Shared { get; } = new();

    /// <inheritdoc/>
    public bool Accepts(Device device) => device.Type == DeviceType.Cuda && CudaGraph.IsAvailable;

    /// <inheritdoc/>
    public ICudaGraph Capture(Device device, Func<Tensor> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        Tensor? output = null;
        try
        {
            CudaGraph graph = CudaGraph.Capture(device, () =>
            {
                using var scope = new TensorScope();
                output = scope.Keep(body()).Own();
            });
            return new Graph(graph, output!);
        }
        catch
        {
            output?.Dispose();
            throw;
        }
    }

    private sealed class Graph(CudaGraph graph, Tensor output) : ICudaGraph
    {
        public Tensor Output => output;

        public void Replay() => graph.Replay();

        public void Dispose()
        {
            graph.Dispose();
            output.Dispose();
        }
    }
}
