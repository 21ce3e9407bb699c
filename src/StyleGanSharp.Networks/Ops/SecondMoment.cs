using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Ops;

/// <summary>Normalisation of vectors to unit mean square ("pixel norm"). Source: Karras et al. (2018), section 4.2.</summary>
public static class SecondMoment
{
    /// <summary>Keeps the division finite for zero vectors (Karras et al. 2018, section 4.2).</summary>
    public const double Epsilon = 1e-8;

    /// <summary>x / sqrt(mean(x²) + eps) along one dimension.</summary>
    /// <param name="x">Any shape, floating point.</param>
    /// <param name="dim">Dimension that is averaged over.</param>
    /// <param name="epsilon">Added to the mean square.</param>
    /// <returns>Shape and dtype of <paramref name="x"/>.</returns>
    public static Tensor Normalize(Tensor x, int dim = 1, double epsilon = Epsilon)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var scope = new TensorScope();
        return scope.Keep(x * (x.Square().Mean([dim], keepDim: true) + epsilon).RSqrt());
    }
}
