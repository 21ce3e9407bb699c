using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Ops;

/// <summary>Between network images, about [-1, 1], and 8-bit pixels.</summary>
public static class Pixels
{
    /// <summary>The rule of image export and of metrics: clamp(x · 127.5 + 128, 0, 255), decimals cut off.</summary>
    /// <param name="images">[N, C, H, W], floating point.</param>
    /// <returns>uint8 [N, C, H, W].</returns>
    public static Tensor Quantize(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        using var scope = new TensorScope();
        return scope.Keep((images * 127.5 + 128).Clamp(0, 255).To(DType.UInt8));
    }

    /// <summary>The pixels of one image as image files want them, by the rule of <see cref="Quantize"/>.</summary>
    /// <param name="image">[1, C, H, W], floating point, about [-1, 1].</param>
    /// <returns>[H, W, C] bytes.</returns>
    public static byte[] Interleave(Tensor image)
    {
        ArgumentNullException.ThrowIfNull(image);
        Shape.Require(image, [1, null, null, null]);
        using var scope = new TensorScope();
        return Quantize(image).Select(0, 0).Permute(1, 2, 0).ToBytes();
    }

    /// <summary>
    /// The rule of training grids: (x + 1) · 127.5 rounded to the nearest, halves to even, then limited to 0..255.
    /// </summary>
    /// <inheritdoc cref="Quantize"/>
    public static Tensor QuantizeRounded(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        using var scope = new TensorScope();
        return scope.Keep(((images + 1) * 127.5).Round().Clamp(0, 255).To(DType.UInt8));
    }

    /// <summary>The way back, for real images: x / 127.5 - 1.</summary>
    /// <param name="pixels">uint8 [N, C, H, W].</param>
    /// <returns>float32 [N, C, H, W] in [-1, 1].</returns>
    public static Tensor ToFloat(Tensor pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        using var scope = new TensorScope();
        return scope.Keep(pixels.To(DType.Float32) / 127.5 - 1);
    }
}
