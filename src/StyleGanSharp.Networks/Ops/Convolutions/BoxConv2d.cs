using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Ops.Convolutions;

/// <summary>
/// Convolutions that change the resolution with a box filter: pixels repeated before, or averaged in 2x2 blocks after an
/// odd-sized convolution. Source: Karras et al., "Progressive Growing of GANs" (2018), section 2; both steps in one convolution
/// here.
/// </summary>
public static class BoxConv2d
{
    /// <summary>Repeats every pixel 2x2 and correlates.</summary>
    /// <param name="x">[N, Cin, H, W], floating point.</param>
    /// <param name="weight">[Cout, Cin, K, K], K odd, dtype of <paramref name="x"/>.</param>
    /// <returns>[N, Cout, 2H, 2W].</returns>
    public static Tensor Up(Tensor x, Tensor weight)
    {
        ArgumentNullException.ThrowIfNull(weight);
        Shape.Require(x, [null, weight.Size(1), null, null]);
        using var scope = new TensorScope();

        // A repeated pixel meets two neighbouring taps of the kernel each way; transposed convolution flips.
        Tensor box = Widen(weight.Flip(2, 3)).Transpose(0, 1);           // [Cin, Cout, K+1, K+1]
        int padding = (int)weight.Size(2) / 2;
        return scope.Keep(PlainConvolution.Transposed(x, box, 2, padding, padding));
    }

    /// <summary>Correlates and averages blocks of 2x2 pixels.</summary>
    /// <param name="x">[N, Cin, H, W], floating point; H and W even.</param>
    /// <param name="weight">[Cout, Cin, K, K], K odd, dtype of <paramref name="x"/>.</param>
    /// <returns>[N, Cout, H/2, W/2].</returns>
    public static Tensor Down(Tensor x, Tensor weight)
    {
        ArgumentNullException.ThrowIfNull(weight);
        Shape.Require(x, [null, weight.Size(1), null, null]);
        using var scope = new TensorScope();
        int padding = (int)weight.Size(2) / 2;
        return scope.Keep(PlainConvolution.Apply(x, Widen(weight) * 0.25, 2, padding, padding));
    }

    // The kernel correlated with a box of 2x2 ones, [Cout, Cin, K+1, K+1].
    private static Tensor Widen(Tensor weight) =>
        weight.Pad([0, 1, 0, 1]) + weight.Pad([1, 0, 0, 1]) + weight.Pad([0, 1, 1, 0]) + weight.Pad([1, 0, 1, 0]);
}
