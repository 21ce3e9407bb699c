using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Ops.Products;

/// <summary>
/// The product of a fully connected layer, y [N, M] = x·wᵀ for x [N, K] and w [M, K], in the graph: <see cref="ProductKernel"/>.
/// </summary>
internal sealed class ProductFunction : BilinearFunction
{
    // Below, the engine's BLAS neither loses time nor wakes its threads.
    private const int SmallestOutput = 16;

    private ProductFunction(BilinearRole role)
        : base(role)
    {
    }

    /// <summary>x·wᵀ.</summary>
    /// <param name="x">[N, K].</param>
    /// <param name="w">[M, K].</param>
    /// <returns>[N, M].</returns>
    internal static Tensor Apply(Tensor x, Tensor w)
    {
        if (!FastOps.Take(x) || !FastOps.Take(w) || x.Dim != 2 || w.Size(0) < SmallestOutput)
        {
            return Functional.Linear(x, w, null);
        }

        Shape.Require(w, [null, x.Size(1)]);
        return new ProductFunction(BilinearRole.Output).Apply(BilinearRole.Output, x, w);
    }

    private protected override BilinearFunction For(BilinearRole wanted) => new ProductFunction(wanted);

    private protected override Tensor Compute(BilinearRole wanted, Tensor a, Tensor b)
    {
        using var scope = new TensorScope();
        return scope.Keep(ProductKernel.Apply(wanted, a.Contiguous(), b.Contiguous()));
    }
}
