using StyleGanSharp.Networks.Ops.Bias;
using StyleGanSharp.Networks.Ops.Cuda;
using StyleGanSharp.Networks.Ops.Modulation;
using StyleGanSharp.Networks.Ops.Products;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Ops.Convolutions;

/// <summary>
/// Style layers on features of 16 bits, where nothing is recorded: the counterparts of <see cref="ModulatedConv2d"/> (with all
/// that follows it) and of <see cref="ModulatedConv2dAliasFree"/>. How nothing overflows: <see cref="SixteenBits"/>.
/// </summary>
internal static class SixteenBitConv2d
{
    /// <summary>clamp(gain · leaky ReLU(demodulated convolution of x · styles + noise + bias)).</summary>
    /// <param name="x">[N, Cin, H, W] of 16 bits.</param>
    /// <param name="weights">Prepared for this type.</param>
    /// <param name="styles">[N, Cin] float32.</param>
    /// <param name="resampling">Filter, upsampling factor and padding of the convolution.</param>
    /// <param name="rest">Noise and bias in float32, slope and clamp; its factor is not used.</param>
    /// <param name="gain">Factor of the activation, positive.</param>
    /// <returns>[N, Cout, H·up, W·up], type of <paramref name="x"/>, channels-last.</returns>
    internal static Tensor Apply(
        Tensor x, SixteenBitWeights weights, Tensor styles, (Tensor? Filter, int Up, int Padding) resampling,
        in StyleEpilogueArguments rest, double gain)
    {
        using var scope = new TensorScope();
        Tensor y = Convolve(x, weights, styles, resampling, out Tensor largest);
        Tensor factor = (ProductFunction.Apply(styles.Square(), weights.Power) + ModulatedConv2d.Epsilon).RSqrt();
        StyleEpilogueArguments call = rest with
        {
            Factor = factor * largest * weights.Scale,
            Clamp = SixteenBits.Limit(x.DType, rest.Clamp),
        };
        return scope.Keep(CudaStyleEpilogue.Accepts(y, call)
            ? CudaStyleEpilogue.Apply(null, y, call.Factor, call.Noise, call.Bias, call.Slope, gain, call.Clamp)
            : Finish(y, call, gain));
    }

    /// <summary>The convolution alone, still to be multiplied by a factor.</summary>
    /// <param name="x">[N, Cin, H, W] of 16 bits.</param>
    /// <param name="weights">Of unit magnitude for every output channel, prepared for this type.</param>
    /// <param name="styles">Of unit magnitude over the batch, [N, Cin] float32.</param>
    /// <param name="inputGain">Factor of the input that demodulation does not undo, [], [Cin] or [N, Cin].</param>
    /// <param name="padding">Zeros on all sides.</param>
    /// <param name="factor">[N, Cout] float32, demodulation included.</param>
    /// <returns>[N, Cout, H', W'], type of <paramref name="x"/>, channels-last.</returns>
    internal static Tensor ApplyAliasFree(
        Tensor x, SixteenBitWeights weights, Tensor styles, Tensor inputGain, int padding, out Tensor factor)
    {
        using var scope = new TensorScope();
        Tensor y = Convolve(x, weights, styles * inputGain, (null, 1, padding), out Tensor largest);
        Tensor demodulation = (ProductFunction.Apply(styles.Square(), weights.Power) + ModulatedConv2d.Epsilon).RSqrt();
        factor = scope.Keep(demodulation * largest * weights.Scale);
        return scope.Keep(y);
    }

    /// <summary>
    /// Features to colours: a modulated 1x1 convolution without demodulation. The few weights are modulated instead of the
    /// features, sample by sample, and scaled by the same rule.
    /// </summary>
    /// <param name="x">[N, Cin, H, W] of 16 bits; fastest channels-last.</param>
    /// <param name="weight">[K, Cin, 1, 1] float32.</param>
    /// <param name="styles">[N, Cin] float32, all gains included.</param>
    /// <param name="clamp">The network's clamp: of the input, not of the result.</param>
    /// <returns>[N, K, H, W] float32, row-major.</returns>
    internal static Tensor Colours(Tensor x, Tensor weight, Tensor styles, double? clamp)
    {
        long n = x.Size(0), channels = x.Size(1), height = x.Size(2), width = x.Size(3), colours = weight.Size(0);
        Shape.Require(weight, [null, channels, 1, 1]);
        using var scope = new TensorScope();
        Tensor w = styles.Unsqueeze(1) * weight.Reshape(1, colours, channels);                         // [N, K, Cin]
        Tensor rows = SixteenBits.RowScale(w, [2], clamp);                                           // [N, K, 1]
        Tensor pixels = x.Contiguous(MemoryFormat.ChannelsLast).Permute(0, 2, 3, 1).Reshape(n, height * width, channels);
        Tensor y = pixels.MatMul((w / rows).To(x.DType).Transpose(1, 2)).To(DType.Float32);            // [N, H·W, K]
        return scope.Keep((y.Transpose(1, 2) * rows).Reshape(n, colours, height, width).Contiguous());
    }

    /// <summary>
    /// What follows the convolution, step by step in float32: the reference for the kernel <c>style_epilogue</c>.
    /// </summary>
    internal static Tensor Finish(Tensor y, in StyleEpilogueArguments call, double gain)
    {
        using var scope = new TensorScope();
        Tensor wide = y.To(DType.Float32) * call.Factor.Unsqueeze(2).Unsqueeze(3);
        wide = call.Noise is null ? wide : wide + call.Noise;
        wide = BiasAct.Reference(
            wide, call.Bias, activation: Activation.LeakyRelu, slope: call.Slope, gain: gain, clamp: call.Clamp);
        return scope.Keep(wide.To(y.DType).Contiguous(MemoryFormat.ChannelsLast));
    }

    private static Tensor Convolve(
        Tensor x, SixteenBitWeights weights, Tensor styles, (Tensor? Filter, int Up, int Padding) resampling, out Tensor largest)
    {
        using var scope = new TensorScope();
        Tensor modulated = SixteenBits.Modulate(x, styles, out largest);
        scope.Keep(largest);

        // Upsampling layers store their weights for convolution, all others for correlation.
        Tensor y = ConvResample2d.Apply(
            modulated, weights.Kernels, resampling.Filter, resampling.Up, padding: Padding.All(resampling.Padding),
            flipWeight: resampling.Up == 1);
        return scope.Keep(y.Contiguous(MemoryFormat.ChannelsLast));
    }
}
