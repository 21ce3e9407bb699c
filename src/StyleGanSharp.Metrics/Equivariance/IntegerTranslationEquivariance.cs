using StyleGanSharp.Networks;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Equivariance;

/// <summary>
/// EQ-T with whole steps: shifts of up to an eighth of the image, rounded to pixels. Source: Karras et al., "Alias-Free
/// Generative Adversarial Networks" (2021), section 3 and appendix E.1.
/// </summary>
public sealed class IntegerTranslationEquivariance : EquivarianceMetric
{
    /// <inheritdoc/>
    public override string Name => "eqt50k_int";

    /// <inheritdoc/>
    public override string Description => "equivariance to shifts by whole pixels (EQ-T)";

    private protected override int Draws => 2;

    private protected override EquivarianceTrial Trial(ReadOnlySpan<double> uniforms, int width, int height)
    {
        double x = Math.Round(Shifts.Draw(uniforms[0]) * width) / width;
        double y = Math.Round(Shifts.Draw(uniforms[1]) * height) / height;
        return new EquivarianceTrial(
            new ImageTransform(x, y, 0, 1),
            pictures => IntegerTranslation.Apply(pictures, x, y),
            pictures => new MaskedImages(pictures, Tensor.Ones([1, 1, 1, 1], device: pictures.Device)));
    }
}
