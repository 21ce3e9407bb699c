using StyleGanSharp.Networks;

namespace StyleGanSharp.Metrics.Equivariance;

/// <summary>
/// EQ-R: rotations by any angle. Source: Karras et al., "Alias-Free Generative Adversarial Networks" (2021), section 3 and
/// appendix E.3.
/// </summary>
public sealed class RotationEquivariance : EquivarianceMetric
{
    /// <inheritdoc/>
    public override string Name => "eqr50k";

    /// <inheritdoc/>
    public override string Description => "equivariance to rotations (EQ-R)";

    private protected override int Draws => 1;

    private protected override EquivarianceTrial Trial(ReadOnlySpan<double> uniforms, int width, int height)
    {
        double radians = ((2 * uniforms[0]) - 1) * Math.PI;
        return new EquivarianceTrial(
            new ImageTransform(0, 0, radians * 180 / Math.PI, 1),
            pictures => FractionalRotation.Apply(pictures, radians),
            pictures => PseudoRotation.Apply(pictures, radians));
    }
}
