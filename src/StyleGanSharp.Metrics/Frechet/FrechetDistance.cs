using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Metrics.Frechet;

/// <summary>
/// The Fréchet distance of two sets of features, taken as Gaussians: |μa - μb|² + tr(Σa + Σb - 2 (Σa Σb)^½).
/// Source: Heusel et al., "GANs Trained by a Two Time-Scale Update Rule Converge to a Local Nash Equilibrium" (2017), section 3,
/// equation 6.
/// </summary>
public static class FrechetDistance
{
    private static readonly Operator Eigh = new("aten::linalg_eigh");
    private static readonly Operator Eigvalsh = new("aten::linalg_eigvalsh");

    /// <summary>
    /// Computes it. Σa Σb has the eigenvalues of the symmetric Σa^½ Σb Σa^½, whose roots are added: exact also where there are
    /// fewer images than features, and never a complex number.
    /// </summary>
    /// <param name="a">One set.</param>
    /// <param name="b">The other one, with as many features.</param>
    /// <returns>The squared distance, 0 for equal sets up to rounding.</returns>
    /// <exception cref="ShapeException">The sets are of different feature spaces.</exception>
    /// <exception cref="MetricException">Features are no finite numbers.</exception>
    public static double Between(FeatureStatistics a, FeatureStatistics b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        Shape.Require(b.Mean, [a.Size]);
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        if (!(a.Mean.AllFinite() && b.Mean.AllFinite() && a.Covariance.AllFinite() && b.Covariance.AllFinite()))
        {
            throw new MetricException(
                "The features hold values that are not finite numbers, so there is no distance; "
                    + "check the snapshot and the detector.");
        }

        // Σ = V diag(λ) Vᵀ; eigenvalues below zero are rounding errors.
        (Tensor values, Tensor vectors) = Eigh.CallPair(a.Covariance, "L");
        Tensor root = (vectors * values.Clamp(0, null).Sqrt()).MatMul(vectors.Transpose(0, 1));
        Tensor product = root.MatMul(b.Covariance).MatMul(root);
        Tensor symmetric = (product + product.Transpose(0, 1)) * 0.5;
        double cross = Eigvalsh.Call(symmetric, "L").Clamp(0, null).Sqrt().Sum().Item();

        double means = (a.Mean - b.Mean).Square().Sum().Item();
        return means + Trace(a.Covariance) + Trace(b.Covariance) - (2 * cross);
    }

    /// <summary>Computes it between features themselves.</summary>
    /// <param name="a">[N, F], N at least 2.</param>
    /// <param name="b">[M, F], M at least 2.</param>
    /// <inheritdoc cref="Between(FeatureStatistics, FeatureStatistics)"/>
    public static double Between(Tensor a, Tensor b)
    {
        using FeatureStatistics first = Statistics(a), second = Statistics(b);
        return Between(first, second);
    }

    private static FeatureStatistics Statistics(Tensor features)
    {
        ArgumentNullException.ThrowIfNull(features);
        using var moments = new FeatureMoments((int)features.Size(1));
        moments.Add(features);
        return moments.Finish();
    }

    private static double Trace(Tensor matrix) => matrix.AsStrided([matrix.Size(0)], [matrix.Size(0) + 1]).Sum().Item();
}
