using StyleGanSharp.Networks.Ops.Cuda;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Ops;

/// <summary>
/// The alias-free nonlinearity: a leaky ReLU between an upsampling and a downsampling filter, so that the high frequencies it creates
/// are removed before they can alias. Source: Karras et al., "Alias-Free Generative Adversarial Networks" (2021), section 3.1, figure 4b.
/// </summary>
public static class FilteredLrelu
{
    /// <summary>Bias, upsample and filter, gain · leaky ReLU, clamp, filter and downsample.</summary>
    /// <param name="x">[N, C, H, W], floating point.</param>
    /// <param name="upFilter">Low-pass of the upsampling, [T] (separable) or [Ty, Tx]; null: none.</param>
    /// <param name="downFilter">Low-pass of the downsampling, likewise.</param>
    /// <param name="bias">[C] or null.</param>
    /// <param name="up">Upsampling factor. The signal keeps its amplitude: the filter's gain is up².</param>
    /// <param name="down">Downsampling factor.</param>
    /// <param name="padding">In samples of the upsampled image; negative amounts crop.</param>
    /// <param name="gain">Factor of the activation.</param>
    /// <param name="slope">Slope below zero.</param>
    /// <param name="clamp">Limit of the magnitude after the gain; null: none.</param>
    /// <param name="flipFilter">Correlate instead of convolving.</param>
    /// <returns>[N, C, (H·up + padding - Ty - T'y + 1)/down + 1, ...] for filters of Ty and T'y taps, a tensor of its own.</returns>
    /// <exception cref="ShapeException">The bias does not fit, or the padded image is smaller than a filter.</exception>
    public static Tensor Apply(
        Tensor x, Tensor? upFilter, Tensor? downFilter, Tensor? bias = null, int up = 1, int down = 1, Padding padding = default,
        double gain = 1, double slope = Activations.DefaultSlope, double? clamp = null, bool flipFilter = false)
    {
        Shape.Require(x, [null, null, null, null]);
        if (bias is not null)
        {
            Shape.Require(bias, [x.Size(1)]);
        }

        if (CudaFilteredLrelu.Accepts(x, upFilter, downFilter, bias, up, down, padding, flipFilter))
        {
            return CudaFilteredLrelu.Apply(x, upFilter, downFilter, bias, up, down, padding, gain, slope, clamp, flipFilter);
        }

        return FilteredLreluKernel.Accepts(x, upFilter, downFilter, up, down, gain, flipFilter)
            ? FilteredLreluKernel.Apply(x, upFilter!, downFilter!, bias, up, down, padding, gain, slope, clamp)
            : Reference(x, upFilter, downFilter, bias, up, down, padding, gain, slope, clamp, flipFilter);
    }

    /// <summary>The definition, step by step: what <see cref="Apply"/> is tested against, and how it computes whatever is recorded.</summary>
    /// <inheritdoc cref="Apply"/>
    public static Tensor Reference(
        Tensor x, Tensor? upFilter, Tensor? downFilter, Tensor? bias = null, int up = 1, int down = 1, Padding padding = default,
        double gain = 1, double slope = Activations.DefaultSlope, double? clamp = null, bool flipFilter = false)
    {
        using var scope = new TensorScope();

        // Where nothing comes before the activation, x is still the caller's own tensor.
        bool temporary = bias is not null || upFilter is not null || up > 1 || padding != default;
        x = BiasAct.Apply(x, bias);
        x = UpFirDn2d.Apply(x, upFilter, (up, up), (1, 1), padding, flipFilter, up * up);             // at the high rate
        x = temporary
            ? BiasAct.ApplyToTemporary(x, activation: Activation.LeakyRelu, slope: slope, gain: gain, clamp: clamp)
            : BiasAct.Apply(x, activation: Activation.LeakyRelu, slope: slope, gain: gain, clamp: clamp);
        return scope.Keep(UpFirDn2d.Apply(x, downFilter, (1, 1), (down, down), default, flipFilter)); // at the layer's rate
    }
}
