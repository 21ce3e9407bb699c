using StyleGanSharp.Networks.Ops.Products;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Ops.Convolutions;

/// <summary>
/// Features of 16 bits in style layers, channels-last from layer to layer where nothing is recorded; and how half precision,
/// whose largest number is 65504, holds all of them whatever the styles and weights.
/// </summary>
/// <remarks>
/// A style layer computes y = d · u with u = sum over (i, k) of w_oik s_i x_i (Karras et al. 2020, equations 1 to 3). Only d
/// makes u small again: u itself grows with the styles and with the number of channels. But y = (d S W) · u' with u' = sum of (w
/// / W) (s / S) x for any S of a sample and any W of an output channel. With S = max |s| and W = ||w_o||_1 / A (the sum of the
/// magnitudes of the channel's weights, over A) the triangle inequality gives |u'| ≤ A · max |x|, and every partial sum obeys it
/// too. d S W is float32 and is applied in float32, by the kernel that reads u' and writes the clamped y; without demodulation it
/// is S W.
///
/// |x| ≤ 4 L, L being the network's clamp (256 in the official ones): a layer's output is at most L, and the low-pass of an
/// alias-free layer, which comes after its clamp, exceeds that by the sum of its taps' magnitudes, less than 2 along each axis. A
/// = 2^11 / L therefore keeps |u'| ≤ 2^13, and the upsampling filter of a StyleGAN2 layer, a mean times 4, ≤ 2^15. A is not
/// smaller than that, so that the products stay far from the smallest numbers (2^-24), too. A network without clamp gets one at
/// 2048 in half precision, and only there; bfloat16 has the range of float32 and needs nothing of all this, but is computed
/// alike.
/// </remarks>
internal static class SixteenBits
{
    /// <summary>What |u'| stays below; the upsampling filter multiplies it by up to 4.</summary>
    internal const double LargestSum = 1 << 13;

    // Of the clamp: the largest, and the smallest that the weights are scaled for, lest they become too large themselves.
    private const double MostLimit = 1 << 11;
    private const double LeastLimit = 1;

    // How far a filter after the clamp can exceed it.
    private const double Overshoot = 4;

    // Keeps the quotients finite where all styles or weights are zero.
    private const double Tiny = 1e-30;

    /// <summary>Whether a layer keeps its features in the type of its input.</summary>
    internal static bool Accepts(Tensor x) => x.DType is DType.Float16 or DType.BFloat16 && !GradMode.IsEnabled;

    /// <summary>The clamp of a layer that stores its result in a type; null: none.</summary>
    internal static double? Limit(DType type, double? clamp) =>
        type == DType.Float16 ? Math.Min(clamp ?? MostLimit, MostLimit) : clamp;

    /// <summary>Features in a type, channels-last; in half precision limited to what layers allow.</summary>
    /// <param name="x">[N, C, H, W], floating point.</param>
    /// <param name="type">float16 or bfloat16.</param>
    /// <param name="clamp">The network's.</param>
    internal static Tensor Cast(Tensor x, DType type, double? clamp)
    {
        if (x.DType == type)
        {
            return x;
        }

        using var scope = new TensorScope();
        double most = Overshoot * Within(clamp);
        Tensor limited = type == DType.Float16 ? x.Clamp(-most, most) : x;
        return scope.Keep(limited.To(type).Contiguous(MemoryFormat.ChannelsLast));
    }

    /// <summary>A: the sum of the magnitudes of an output channel's scaled weights.</summary>
    internal static double WeightSum(double? clamp) => LargestSum / (Overshoot * Within(clamp));

    /// <summary>x · styles / S.</summary>
    /// <param name="x">[N, C, H, W] of 16 bits.</param>
    /// <param name="styles">[N, C] float32.</param>
    /// <param name="largest">S, [N, 1] float32.</param>
    internal static Tensor Modulate(Tensor x, Tensor styles, out Tensor largest)
    {
        largest = styles.Abs().Max([1], keepDim: true).Clamp(Tiny, null);
        return ChannelScale.Reference(x, (styles / largest).To(x.DType)).Contiguous(MemoryFormat.ChannelsLast);
    }

    /// <summary>||w||_1 / A for every row of weights; what the row is divided by.</summary>
    /// <param name="weight">[..., dims], float32.</param>
    /// <param name="dims">What is added up; the result keeps them as ones.</param>
    /// <param name="clamp">The network's.</param>
    internal static Tensor RowScale(Tensor weight, ReadOnlySpan<long> dims, double? clamp) =>
        (weight.Abs().Sum(dims, keepDim: true) / WeightSum(clamp)).Clamp(Tiny, null);

    private static double Within(double? clamp) => Math.Clamp(clamp ?? MostLimit, LeastLimit, MostLimit);
}
