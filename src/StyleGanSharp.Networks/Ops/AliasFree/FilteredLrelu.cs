using StyleGanSharp.Networks.Ops.Bias;
using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Networks.Ops.Cuda;
using StyleGanSharp.Networks.Ops.Products;
using StyleGanSharp.Networks.Ops.UpFirDn;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Ops.AliasFree;

/// <summary>
/// The alias-free nonlinearity: a leaky ReLU between an upsampling and a downsampling filter, so that the high frequencies it
/// creates are removed before they can alias. Source: Karras et al., "Alias-Free Generative Adversarial Networks" (2021), section
/// 3.1, figure 4b.
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
    /// <returns>
    /// [N, C, (H·up + padding - Ty - T'y + 1)/down + 1, ...] for filters of Ty and T'y taps, a tensor of its own.
    /// </returns>
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

        return FilteredLreluKernel.Accepts(x, upFilter, downFilter, up, down, gain, slope, flipFilter, GradMode.IsEnabled)
            && (bias is null || bias.DType == DType.Float32)
            ? FilteredLreluFunction.Apply(x, bias, Call(x, upFilter!, downFilter!, up, down, padding, gain, slope, clamp))
            : Reference(x, upFilter, downFilter, bias, up, down, padding, gain, slope, clamp, flipFilter);
    }

    private static FilteredLreluCall Call(
        Tensor x, Tensor upFilter, Tensor downFilter, int up, int down, Padding padding, double gain, double slope, double? clamp)
    {
        float[] upTaps = upFilter.ToArray<float>(), downTaps = downFilter.ToArray<float>();
        int length = (int)downFilter.Size(0);
        var across = FilteredLreluAxis.Of(upTaps, downTaps, length, up, down, padding.X0, padding.X1, (int)x.Size(3));
        var along = FilteredLreluAxis.Of(upTaps, downTaps, length, up, down, padding.Y0, padding.Y1, (int)x.Size(2));
        if (across is null || along is null)
        {
            throw new ShapeException(
                $"the upsampled image is "
                    + $"{(x.Size(3) * up) + padding.X0 + padding.X1 - upTaps.Length + 1}x{(x.Size(2) * up) + padding.Y0 + padding.Y1 - upTaps.Length + 1}, "
                + $"smaller than the filter of {length} taps", nameof(x));
        }

        // Positive factors pass through the leaky ReLU: both go into the taps.
        return new FilteredLreluCall(
            across, along, downFilter.Dim == 2, (float)(up * up * gain), (float)slope, clamp is double c
                ? (float)c : float.PositiveInfinity);
    }

    /// <summary>
    /// The same with a factor of the input, for features of 16 bits where nothing is recorded: <see cref="SixteenBits"/>.
    /// Everything between memory and memory is float32.
    /// </summary>
    /// <param name="x">[N, C, H, W] of 16 bits.</param>
    /// <param name="factor">[N, C] float32, before the bias.</param>
    /// <param name="upFilter">As for <see cref="Apply"/>.</param>
    /// <param name="downFilter">As for <see cref="Apply"/>.</param>
    /// <param name="bias">[C] float32.</param>
    /// <param name="up">Upsampling factor.</param>
    /// <param name="down">Downsampling factor.</param>
    /// <param name="padding">In samples of the upsampled image.</param>
    /// <param name="gain">Factor of the activation.</param>
    /// <param name="slope">Slope below zero.</param>
    /// <param name="clamp">Limit of the magnitude after the gain; null: none.</param>
    /// <returns>Type of <paramref name="x"/>, channels-last.</returns>
    internal static Tensor ApplyScaled(
        Tensor x, Tensor factor, Tensor? upFilter, Tensor? downFilter, Tensor bias, int up, int down, Padding padding,
        double gain, double slope, double? clamp)
    {
        using var scope = new TensorScope();
        Tensor narrow = bias.To(x.DType);
        Tensor y = CudaFilteredLrelu.Accepts(x, upFilter, downFilter, narrow, up, down, padding, flipFilter: false)
            ? CudaFilteredLrelu.Apply(
                CudaOperators.Kernels, x, upFilter, downFilter, narrow, up, down, padding, gain, slope, clamp, flipFilter: false,
                factor)
            : Apply(ChannelScale.Apply(x.To(DType.Float32), factor), upFilter, downFilter, bias, up, down, padding, gain, slope,
                clamp).To(x.DType);
        return scope.Keep(y.Contiguous(MemoryFormat.ChannelsLast));
    }

    /// <summary>
    /// The definition, step by step: what <see cref="Apply"/> is tested against, and how it computes whatever is recorded.
    /// </summary>
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
