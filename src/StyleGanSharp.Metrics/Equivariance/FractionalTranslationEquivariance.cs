using StyleGanSharp.Networks;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Equivariance;

/// <summary>
/// EQ-T with fractional steps: shifts of up to an eighth of the image. Source: Karras et al., "Alias-Free Generative Adversarial
/// Networks" (2021), section 3 and appendix E.2.
/// </summary>
public sealed class FractionalTranslationEquivariance : EquivarianceMetric
{
    /// <inheritdoc/>
    public override string Name => "eqt50k_frac";

    /// <inheritdoc/>
    public override string Description => "equivariance to shifts by fractions of a pixel (EQ-T frac)";

    private protected override int Draws => 2;

    private protected override EquivarianceTrial Trial(ReadOnlySpan<double> uniforms, int width, int height)
    {
        (double x, double y) = (Shifts.Draw(uniforms[0]), Shifts.Draw(uniforms[1]));
        return new EquivarianceTrial(
            new ImageTransform(x, y, 0, 1),
            pictures => FractionalTranslation.Apply(pictures, x, y),
            pictures => new MaskedImages(pictures, Tensor.Ones([1, 1, 1, 1], device: pictures.Device)));
    }
}
