using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Torch.Cuda;

/// <summary>
/// A function of one tensor of a fixed shape, recorded on a CUDA device as a <see cref="CudaGraph"/>; for inference. Everything
/// else that it reads (weights, constants) is read at the place where it lay during the recording. Not safe for several threads
/// at once.
/// </summary>
public sealed class RecordedFunction : IDisposable
{
    // The first runs load kernels and let cuDNN choose algorithms.
    private const int WarmUps = 2;

    private readonly ICudaGraph graph;
    private readonly Tensor input;

    private RecordedFunction(ICudaGraph graph, Tensor input) => (this.graph, this.input) = (graph, input);

    /// <summary>Runs a function a few times and records it.</summary>
    /// <param name="function">Obeys the rules of <see cref="CudaGraph.Capture"/>.</param>
    /// <param name="example">An input on a CUDA device; later ones have its shape, type and device.</param>
    /// <param name="graphs">What records; null: the devices.</param>
    /// <exception cref="TorchException">The function cannot be recorded.</exception>
    public static RecordedFunction Record(Func<Tensor, Tensor> function, Tensor example, ICudaGraphs? graphs = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(example);
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        Tensor input = example.Clone();
        for (int i = 0; i < WarmUps; i++)
        {
            using var inner = new TensorScope();
            function(input);
        }

        example.Device.Synchronize();
        return new RecordedFunction((graphs ?? CudaGraphs.Shared).Capture(example.Device, () => [function(input)]), input.Own());
    }

    /// <summary>The function's value, a tensor of its own.</summary>
    /// <exception cref="ShapeException">The input has not the recorded shape.</exception>
    public Tensor Call(Tensor x)
    {
        Shape.Require(x, [.. input.Shape.ToArray().Select(size => (long?)size)]);
        using GradMode mode = GradMode.Off();
        input.CopyInPlace(x);
        graph.Replay();
        return graph.Outputs[0].Clone();
    }

    /// <summary>Frees the recording.</summary>
    public void Dispose()
    {
        graph.Dispose();
        input.Dispose();
    }
}
