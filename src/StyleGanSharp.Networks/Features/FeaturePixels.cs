using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Features;

/// <summary>8-bit images as feature networks take them: three channels.</summary>
public static class FeaturePixels
{
    /// <summary>
    /// Gray is repeated. Alpha is laid on white, rounded to whole levels: what lies under transparent pixels nobody sees, so it
    /// must not count, and white is what such images are mostly shown on.
    /// </summary>
    /// <param name="images">uint8 [N, 1, 3 or 4, H, W].</param>
    /// <returns>uint8 [N, 3, H, W].</returns>
    public static Tensor ToRgb(Tensor images)
    {
        Shape.Require(images, [null, null, null, null]);
        if (images.DType != DType.UInt8 || images.Size(1) is not (1 or 3 or 4))
        {
            throw new ShapeException($"expected 8-bit images [N, 1, 3 or 4, H, W], got {images}", nameof(images));
        }

        using var scope = new TensorScope();
        switch (images.Size(1))
        {
            case 1:
                return scope.Keep(images.Expand(-1, 3, -1, -1).Contiguous());
            case 3:
                return scope.Keep(images.Alias());
            default:
                Tensor alpha = images.Slice(1, 3).To(DType.Float32) / 255; // [N, 1, H, W]
                Tensor colour = images.Slice(1, 0, 3).To(DType.Float32);
                return scope.Keep(((colour * alpha) + ((1 - alpha) * 255)).Round().To(DType.UInt8));
        }
    }
}
