namespace StyleGanSharp.Torch;

/// <summary>Network operations: convolutions, matrix products with bias, activations.</summary>
public static class Functional
{
    /// <summary>Correlation of [N, Cin, H, W] with weights [Cout, Cin/groups, Kh, Kw]: the field's "convolution".</summary>
    /// <param name="x">Input, [N, Cin, H, W].</param>
    /// <param name="weight">Weights, [Cout, Cin/groups, Kh, Kw].</param>
    /// <param name="bias">[Cout] or null.</param>
    /// <param name="stride">Step (y, x).</param>
    /// <param name="padding">Zeros on both sides (y, x), not negative.</param>
    /// <param name="groups">Independent groups of channels.</param>
    /// <returns>[N, Cout, (H+2p-Kh)/stride+1, (W+2p-Kw)/stride+1].</returns>
    public static Tensor Conv2d(
        Tensor x, Tensor weight, Tensor? bias = null, (long Y, long X)? stride = null, (long Y, long X)? padding = null,
        long groups = 1) =>
        Aten.Conv2d.Call(x, weight, bias, Pair(stride, 1), Pair(padding, 0), new long[] { 1, 1 }, groups);

    /// <summary>The transpose of <see cref="Conv2d"/>: weights [Cin, Cout/groups, Kh, Kw].</summary>
    /// <param name="x">Input, [N, Cin, H, W].</param>
    /// <param name="weight">Weights, [Cin, Cout/groups, Kh, Kw].</param>
    /// <param name="stride">Step (y, x).</param>
    /// <param name="padding">Cropped from both sides (y, x), not negative.</param>
    /// <param name="groups">Independent groups of channels.</param>
    /// <returns>[N, Cout, (H-1)*stride-2p+Kh, (W-1)*stride-2p+Kw].</returns>
    public static Tensor ConvTranspose2d(
        Tensor x, Tensor weight, (long Y, long X)? stride = null, (long Y, long X)? padding = null, long groups = 1) =>
        Aten.ConvTranspose2d.Call(x, weight, Argument.None, Pair(stride, 1), Pair(padding, 0), new long[] { 0, 0 }, groups);

    /// <summary>
    /// Gradient of <see cref="Conv2d"/> (without groups) with respect to its input: the transposed convolution, by the engine's
    /// backward primitive. On the CPU that is several times faster than <see cref="ConvTranspose2d"/> (docs/performance.md).
    /// </summary>
    /// <param name="gradient">Gradient of the result, [N, Cout, H', W'].</param>
    /// <param name="weight">Weights of the convolution, [Cout, Cin, Kh, Kw].</param>
    /// <param name="size">Height and width of the input.</param>
    /// <param name="stride">Step (y, x).</param>
    /// <param name="padding">Zeros on both sides (y, x), not negative.</param>
    /// <returns>[N, Cin, H, W], channels-last where <paramref name="gradient"/> is.</returns>
    public static Tensor Conv2dInputGradient(
        Tensor gradient, Tensor weight, (long Y, long X) size, (long Y, long X)? stride = null, (long Y, long X)? padding = null)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(weight);

        // Only its shape and layout are looked at.
        using Tensor input = Like(gradient, [gradient.Size(0), weight.Size(1), size.Y, size.X]);
        return Backward(0, gradient, input, weight, stride, padding);
    }

    /// <summary>Gradient of <see cref="Conv2d"/> (without groups) with respect to its weights.</summary>
    /// <param name="gradient">Gradient of the result, [N, Cout, H', W'].</param>
    /// <param name="x">Input, [N, Cin, H, W].</param>
    /// <param name="kernel">Height and width of the weights.</param>
    /// <param name="stride">Step (y, x).</param>
    /// <param name="padding">Zeros on both sides (y, x), not negative.</param>
    /// <returns>[Cout, Cin, Kh, Kw].</returns>
    public static Tensor Conv2dWeightGradient(
        Tensor gradient, Tensor x, (long Y, long X) kernel, (long Y, long X)? stride = null, (long Y, long X)? padding = null)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(x);
        using Tensor weight = Like(x, [gradient.Size(1), x.Size(1), kernel.Y, kernel.X]);
        return Backward(1, gradient, x, weight, stride, padding);
    }

    /// <summary>x · weightᵀ + bias for x [N, In], weight [Out, In], bias [Out] or null.</summary>
    public static Tensor Linear(Tensor x, Tensor weight, Tensor? bias)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        Tensor transposed = weight.Transpose(0, 1);
        return bias is null ? x.MatMul(transposed) : Aten.Addmm.Call(bias, x, transposed);
    }

    /// <summary>max(x, 0).</summary>
    public static Tensor Relu(Tensor x) => Aten.Relu.Call(x);

    /// <summary>x where positive, else slope·x.</summary>
    public static Tensor LeakyRelu(Tensor x, double slope) => Aten.LeakyRelu.Call(x, slope);

    /// <inheritdoc cref="LeakyRelu"/>
    public static Tensor LeakyReluInPlace(Tensor x, double slope)
    {
        Aten.LeakyReluInPlace.CallInPlace(x, slope);
        return x;
    }

    /// <summary>Hyperbolic tangent.</summary>
    public static Tensor Tanh(Tensor x) => Aten.Tanh.Call(x);

    /// <summary>1 / (1 + e^-x).</summary>
    public static Tensor Sigmoid(Tensor x) => Aten.Sigmoid.Call(x);

    /// <summary>x where positive, else e^x - 1.</summary>
    public static Tensor Elu(Tensor x) => Aten.Elu.Call(x);

    /// <summary>The self-normalising variant of ELU.</summary>
    public static Tensor Selu(Tensor x) => Aten.Selu.Call(x);

    /// <summary>log(1 + e^x).</summary>
    public static Tensor Softplus(Tensor x) => Aten.Softplus.Call(x);

    private static Tensor Backward(
        int which, Tensor gradient, Tensor x, Tensor weight, (long Y, long X)? stride, (long Y, long X)? padding) =>
        Aten.ConvolutionBackward.CallAt(
            which, gradient, x, weight, Argument.None, Pair(stride, 1), Pair(padding, 0), new long[] { 1, 1 }, false,
            new long[] { 0, 0 }, 1,
            new[] { which == 0, which == 1, false });

    // Memory without values in the layout of another tensor.
    private static Tensor Like(Tensor x, long[] shape)
    {
        if (!x.IsChannelsLast)
        {
            return Tensor.Empty(shape, x.DType, x.Device);
        }

        using Tensor rows = Tensor.Empty([shape[0], shape[2], shape[3], shape[1]], x.DType, x.Device);
        return rows.Permute(0, 3, 1, 2);
    }

    private static long[] Pair((long Y, long X)? pair, long fallback) =>
        pair is var (y, x) ? [y, x] : [fallback, fallback];
}
