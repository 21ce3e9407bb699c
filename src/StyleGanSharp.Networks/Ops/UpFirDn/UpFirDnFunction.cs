using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Ops.UpFirDn;

/// <summary>
/// <see cref="UpFirDnKernel"/> in the graph. It is linear: its gradient is the transposed resampling, so it can be differentiated
/// any number of times.
/// </summary>
internal sealed class UpFirDnFunction : AutogradFunction
{
    private readonly ResampleAxis across;
    private readonly ResampleAxis along;

    private UpFirDnFunction(ResampleAxis across, ResampleAxis along) => (this.across, this.along) = (across, along);

    /// <inheritdoc cref="UpFirDnKernel.Apply"/>
    internal static Tensor Apply(Tensor x, ResampleAxis across, ResampleAxis along) =>
        GradMode.IsEnabled ? new UpFirDnFunction(across, along).Apply(x) : UpFirDnKernel.Apply(x, across, along);

    /// <inheritdoc/>
    protected override Tensor Forward(FunctionContext context, Tensor[] inputs) => UpFirDnKernel.Apply(inputs[0], across, along);

    /// <inheritdoc/>
    protected override Tensor?[] Backward(FunctionContext context, Tensor gradient) =>
        [Apply(gradient, across.Transposed(), along.Transposed())];
}
