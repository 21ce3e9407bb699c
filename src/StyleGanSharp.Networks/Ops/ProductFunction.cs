using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Ops;

/// <summary><see cref="ProductKernel"/> in the graph, differentiable any number of times.</summary>
internal sealed class ProductFunction : AutogradFunction
{
    // Below, the engine's BLAS neither loses time nor wakes its threads.
    private const int SmallestOutput = 16;

    private readonly ProductRole role;

    private ProductFunction(ProductRole role) => this.role = role;

    /// <summary>x·wᵀ for x [N, K] and w [M, K]: the product of a fully connected layer.</summary>
    /// <returns>[N, M].</returns>
    internal static Tensor Apply(Tensor x, Tensor w)
    {
        bool fits = FastOps.Enabled && x is { DType: DType.Float32, Device.Type: DeviceType.Cpu, Dim: 2, Count: > 0 } && w is { DType: DType.Float32, Count: > 0 }
            && w.Size(0) >= SmallestOutput;
        if (!fits)
        {
            return Functional.Linear(x, w, null);
        }

        Shape.Require(w, [null, x.Size(1)]);
        return Apply(ProductRole.Output, x, w);
    }

    /// <inheritdoc/>
    protected override Tensor Forward(FunctionContext context, Tensor[] inputs)
    {
        context.Save(inputs);
        return Compute(role, inputs[0], inputs[1]);
    }

    /// <inheritdoc/>
    protected override Tensor?[] Backward(FunctionContext context, Tensor gradient)
    {
        Tensor?[] saved = context.Saved(2);
        Tensor a = saved[0]!, b = saved[1]!;
        bool first = context.Needs(0), second = context.Needs(1);
        return role switch
        {
            ProductRole.Output => // a = x, b = w, gradient = g
                [first ? Apply(ProductRole.Input, gradient, b) : null, second ? Apply(ProductRole.Weight, gradient, a) : null],
            ProductRole.Input =>  // a = g, b = w, gradient = x
                [first ? Apply(ProductRole.Output, gradient, b) : null, second ? Apply(ProductRole.Weight, a, gradient) : null],
            _ =>                  // a = g, b = x, gradient = w
                [first ? Apply(ProductRole.Output, b, gradient) : null, second ? Apply(ProductRole.Input, a, gradient) : null],
        };
    }

    private static Tensor Apply(ProductRole role, Tensor a, Tensor b) => GradMode.IsEnabled ? new ProductFunction(role).Apply([a, b]) : Compute(role, a, b);

    private static Tensor Compute(ProductRole role, Tensor a, Tensor b)
    {
        using var scope = new TensorScope();
        return scope.Keep(ProductKernel.Apply(role, a.Contiguous(), b.Contiguous()));
    }
}
