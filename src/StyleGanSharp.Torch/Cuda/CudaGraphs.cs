namespace StyleGanSharp.Torch.Cuda;

/// <summary>Recordings on CUDA devices as <see cref="CudaGraph"/>s.</summary>
public sealed class CudaGraphs : ICudaGraphs
{
    /// <summary>The environment variable that says what is recorded: 0, nothing; <c>train</c>, phases of training too.</summary>
    public const string Variable = "STYLEGAN_CUDA_GRAPHS";

    private CudaGraphs()
    {
    }

    /// <summary>Those of this process.</summary>
    public static CudaGraphs Shared { get; } = new();

    /// <inheritdoc/>
    public bool Accepts(Device device) => device.Type == DeviceType.Cuda && CudaGraph.IsAvailable;

    /// <inheritdoc/>
    public ICudaGraph Capture(Device device, Func<IReadOnlyList<Tensor>> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        Tensor[] outputs = [];
        try
        {
            CudaGraph graph = CudaGraph.Capture(device, () =>
            {
                using var scope = new TensorScope();
                outputs = [.. body().Select(t => scope.Keep(t).Own())];
            });
            return new Graph(graph, outputs);
        }
        catch
        {
            Array.ForEach(outputs, t => t.Dispose());
            throw;
        }
    }

    private sealed class Graph(CudaGraph graph, Tensor[] outputs) : ICudaGraph
    {
        public IReadOnlyList<Tensor> Outputs => outputs;

        public void Replay() => graph.Replay();

        public void Dispose()
        {
            graph.Dispose();
            Array.ForEach(outputs, t => t.Dispose());
        }
    }
}
