using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.PathLength;

/// <summary>
/// Spherical interpolation between the directions of latents z. Source: Shoemake, "Animating Rotation with Quaternion Curves"
/// (1985); its use for path lengths: Karras et al., "A Style-Based Generator Architecture for Generative Adversarial Networks"
/// (2019), section 4.1, equation 2. For latents whose length matters, see
/// <see cref="Networks.Latents.LatentInterpolation.Spherical"/>.
/// </summary>
public static class Slerp
{
    private static readonly Operator ArcTangent = new("aten::atan2");

    /// <summary>
    /// Goes along the great circle from a / |a| to b / |b|. Computed in float64: a path length divides the difference of two
    /// results by a step as small as 1e-4.
    /// </summary>
    /// <param name="a">[N, ZDim] floating point: where t = 0 is.</param>
    /// <param name="b">[N, ZDim], likewise: where t = 1 is.</param>
    /// <param name="t">[N, 1] floating point.</param>
    /// <returns>[N, ZDim] of unit length, of the type of <paramref name="a"/>.</returns>
    /// <exception cref="ShapeException">The shapes do not fit each other.</exception>
    /// <exception cref="ArgumentException">
    /// A latent is zero or not finite, or two are exactly opposite: no way between.
    /// </exception>
    public static Tensor Between(Tensor a, Tensor b, Tensor t)
    {
        Shape.Require(a, [null, null]);
        Shape.Require(b, [a.Size(0), a.Size(1)]);
        Shape.Require(t, [a.Size(0), 1]);
        using var scope = new TensorScope();
        Tensor from = Normalized(a.To(DType.Float64), nameof(a)), to = Normalized(b.To(DType.Float64), nameof(b));

        // The part of b that is at a right angle to a is the direction of the way. The arc tangent is also exact where the
        // angle is small and its cosine rounds to 1.
        Tensor cosine = (from * to).Sum([1], keepDim: true);
        Tensor across = to - (cosine * from);
        Tensor sine = Length(across);
        if (sine.ToArray<double>().Zip(cosine.ToArray<double>()).Any(pair => pair.First == 0 && pair.Second < 0))
        {
            throw new ArgumentException(
                "Latents in exactly opposite directions have no single great circle between them.", nameof(b));
        }

        // Equal directions: the way is empty, and zero stands for its direction.
        Tensor direction = across / sine.Clamp(double.Epsilon, null);
        Tensor angle = ArcTangent.Call(sine, cosine) * t.To(DType.Float64);
        Tensor result = (from * angle.Cos()) + (direction * angle.Sin());
        return scope.Keep((result / Length(result)).To(a.DType));
    }

    private static Tensor Normalized(Tensor x, string name)
    {
        Tensor length = Length(x);
        return Array.TrueForAll(length.ToArray<double>(), l => double.IsFinite(l) && l > 0)
            ? x / length
            : throw new ArgumentException("A latent is zero or not finite, so it has no direction.", name);
    }

    private static Tensor Length(Tensor x) => x.Square().Sum([1], keepDim: true).Sqrt();
}
