using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Ops;

/// <summary>
/// A convolution (or one of its gradients, see <see cref="ConvolutionRole"/>) in the graph, channels-last throughout. The engine's own
/// second derivatives of convolutions run through kernels as large as pictures; these use the three primitives again.
/// </summary>
internal sealed class ConvolutionFunction : AutogradFunction
{
    private readonly ConvolutionRole role;
    private readonly ConvolutionGeometry geometry;

    private ConvolutionFunction(ConvolutionRole role, in ConvolutionGeometry geometry) => (this.role, this.geometry) = (role, geometry);

    /// <summary>Computes one role; records it where recording is on.</summary>
    /// <param name="role">What is wanted.</param>
    /// <param name="geometry">The convolution.</param>
    /// <param name="a">x for the output, else g.</param>
    /// <param name="b">x for the weights, else w.</param>
    internal static Tensor Apply(ConvolutionRole role, in ConvolutionGeometry geometry, Tensor a, Tensor b) =>
        GradMode.IsEnabled ? new ConvolutionFunction(role, geometry).Apply(a, b) : Compute(role, geometry, a, b);

    /// <inheritdoc/>
    protected override Tensor Forward(FunctionContext context, Tensor[] inputs)
    {
        context.Save(inputs);
        return Compute(role, geometry, inputs[0], inputs[1]);
    }

    /// <inheritdoc/>
    protected override Tensor?[] Backward(FunctionContext context, Tensor gradient)
    {
        Tensor?[] saved = context.Saved(2);
        Tensor a = saved[0]!, b = saved[1]!;
        bool first = context.Needs(0), second = context.Needs(1);
        return role switch
        {
            ConvolutionRole.Output => // a = x, b = w, gradient = g
                [first ? Apply(ConvolutionRole.Input, geometry, gradient, b) : null, second ? Apply(ConvolutionRole.Weight, geometry, gradient, a) : null],
            ConvolutionRole.Input =>  // a = g, b = w, gradient = x
                [first ? Apply(ConvolutionRole.Output, geometry, gradient, b) : null, second ? Apply(ConvolutionRole.Weight, geometry, a, gradient) : null],
            _ =>                      // a = g, b = x, gradient = w
                [first ? Apply(ConvolutionRole.Output, geometry, b, gradient) : null, second ? Apply(ConvolutionRole.Input, geometry, a, gradient) : null],
        };
    }

    private static Tensor Compute(ConvolutionRole role, in ConvolutionGeometry geometry, Tensor a, Tensor b)
    {
        using var scope = new TensorScope();
        a = a.Contiguous(MemoryFormat.ChannelsLast);
        return scope.Keep(role switch
        {
            ConvolutionRole.Output => geometry.Forward(a, b),
            ConvolutionRole.Input => geometry.InputGradient(a, b),
            _ => geometry.WeightGradient(a, b.Contiguous(MemoryFormat.ChannelsLast)),
        });
    }
}
