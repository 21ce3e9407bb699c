using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.PathLength;

/// <summary>What happens to images before their perceptual distance is taken.</summary>
public static class PathLengthImages
{
    /// <summary>The side of the images that the distance is taken of; larger ones are averaged down.</summary>
    public const int Side = 256;

    /// <summary>Rows and columns of the crop that holds an aligned face without the background.</summary>
    /// <param name="size">Height and width of the image, at least 8.</param>
    /// <returns>First and end (exclusive) of the rows, of the columns: 3 to 7 and 2 to 6 eighths.</returns>
    public static (int Top, int Bottom, int Left, int Right) CropOf(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 8);
        int eighth = size / 8;
        return (3 * eighth, 7 * eighth, 2 * eighth, 6 * eighth);
    }

    /// <summary>Crops to the face. Source: Karras et al. (2019), section 4.1.</summary>
    /// <param name="images">[N, C, S, S], S at least 8.</param>
    /// <returns>[N, C, S / 2, S / 2] for S a multiple of 8.</returns>
    /// <exception cref="ShapeException">The images are not square.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The images are too small.</exception>
    public static Tensor Crop(Tensor images)
    {
        Shape.Require(images, [null, null, null, null]);
        Shape.Require(images, [null, null, null, images.Size(2)]);
        (int top, int bottom, int left, int right) = CropOf((int)images.Size(2));
        using var scope = new TensorScope();
        return scope.Keep(images.Slice(2, top, bottom).Slice(3, left, right));
    }

    /// <summary>
    /// Averages boxes of pixels until an image is about <see cref="Side"/> high: the feature network was made for images of that
    /// size. Smaller ones stay as they are.
    /// </summary>
    /// <param name="images">[N, C, H, W] floating point.</param>
    /// <param name="size">
    /// The size that decides about the boxes; null: that of the images themselves. A protocol may let the generator's resolution
    /// decide, also for cropped images.
    /// </param>
    /// <returns>[N, C, H / k, W / k] with k = size / 256 rounded down, at least 1.</returns>
    /// <exception cref="ShapeException">Height or width is not a multiple of k.</exception>
    public static Tensor Shrink(Tensor images, int? size = null)
    {
        Shape.Require(images, [null, null, null, null]);
        ReadOnlySpan<long> shape = images.Shape;
        long box = Math.Max(1, (size ?? shape[2]) / Side);
        if (shape[2] % box != 0 || shape[3] % box != 0)
        {
            throw new ShapeException(
                $"images of {shape[2]} x {shape[3]} pixels cannot be averaged in boxes of {box} x {box}", nameof(images));
        }

        return Boxes.Average(images, (int)box);
    }
}
