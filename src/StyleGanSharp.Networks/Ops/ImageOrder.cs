using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Ops;

/// <summary>
/// Features brought from channels-last to planes and back. Convolutions want one, filters the other, and the engine copies number
/// by number between them. The order is no part of a tensor's value: gradients pass as they are.
/// </summary>
internal sealed class ImageOrder : AutogradFunction
{
    // Below, the engine's copy costs no more.
    private const long LeastChannels = 8;
    private const long LeastPixels = 64;

    private readonly MemoryFormat format;

    private ImageOrder(MemoryFormat format) => this.format = format;

    /// <summary>The tensor with its channels side by side; itself where they are.</summary>
    /// <param name="x">[N, C, H, W].</param>
    internal static Tensor ChannelsLast(Tensor x) =>
        Suits(x) && x.IsContiguous ? Copied(x, MemoryFormat.ChannelsLast) : x.Contiguous(MemoryFormat.ChannelsLast);

    /// <summary>The tensor row-major; itself where it is.</summary>
    /// <param name="x">[N, C, H, W].</param>
    internal static Tensor Planes(Tensor x) => Suits(x) && x.IsChannelsLast ? Copied(x, MemoryFormat.Contiguous) : x.Contiguous();

    /// <inheritdoc/>
    protected override Tensor Forward(FunctionContext context, Tensor[] inputs) => ImageOrderKernel.Copy(inputs[0], format);

    /// <inheritdoc/>
    protected override Tensor?[] Backward(FunctionContext context, Tensor gradient) => [gradient];

    private static Tensor Copied(Tensor x, MemoryFormat format) =>
        GradMode.IsEnabled && x.RequiresGrad ? new ImageOrder(format).Apply([x]) : ImageOrderKernel.Copy(x, format);

    private static bool Suits(Tensor x) =>
        FastOps.Take(x) && x.Dim == 4 && x.Size(1) >= LeastChannels && x.Size(2) * x.Size(3) >= LeastPixels;
}
