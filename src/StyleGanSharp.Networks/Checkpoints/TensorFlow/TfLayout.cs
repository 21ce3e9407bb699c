using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Checkpoints.TensorFlow;

/// <summary>TensorFlow's layouts of weights turned into libtorch's.</summary>
internal static class TfLayout
{
    /// <summary>[in, out] to [out, in].</summary>
    internal static Tensor Dense(Tensor w) => w.Transpose(0, 1);

    /// <summary>[kh, kw, in, out] to [out, in, kh, kw].</summary>
    internal static Tensor Convolution(Tensor w) => w.Permute(3, 2, 0, 1);

    /// <summary>
    /// The same with the kernel turned around, for layers that store it for convolution instead of correlation.
    /// </summary>
    internal static Tensor FlippedConvolution(Tensor w) => Convolution(w).Flip(2, 3);

    /// <summary>A learned constant, [1, C, H, W] to [C, H, W].</summary>
    internal static Tensor Constant(Tensor x) => x.Squeeze(0);

    /// <summary>A noise image, [1, 1, H, W] to [H, W].</summary>
    internal static Tensor Noise(Tensor x) => x.Squeeze(0).Squeeze(0);

    /// <summary>The difference of a scale from 1 to the scale.</summary>
    internal static Tensor PlusOne(Tensor x) => x + 1;

    /// <summary>As it is.</summary>
    internal static Tensor Same(Tensor x) => x;
}
