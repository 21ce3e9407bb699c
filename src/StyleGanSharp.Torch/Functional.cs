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
        Tensor x, Tensor weight, Tensor? bias = null, (long Y, long X)? stride = null, (long Y, long X)? padding = null, long groups = 1) =>
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

    private static long[] Pair((long Y, long X)? pair, long fallback) =>
        pair is var (y, x) ? [y, x] : [fallback, fallback];
}
