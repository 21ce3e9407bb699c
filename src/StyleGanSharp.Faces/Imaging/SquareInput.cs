using StyleGanSharp.Data.Images;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Faces.Imaging;

/// <summary>
/// A region of an image as a network takes it: padded with black to a square, scaled to the network's side, mean subtracted.
/// Scaling is that of the networks' origin: bilinear, target pixel i reads place i * scale (corner convention), no smoothing.
/// </summary>
internal static class SquareInput
{
    /// <summary>Means of red, green and blue that the detector was trained with.</summary>
    internal static readonly float[] DetectorMean = [117.001f, 114.697f, 97.404f];

    /// <summary>Means of the networks that look at one face.</summary>
    internal static readonly float[] FaceMean = [122.782f, 117.001f, 104.298f];

    /// <summary>
    /// Black rows or columns before a centred region: half of what is missing to a square; an odd pixel goes after.
    /// </summary>
    internal static (int X, int Y) PaddingBefore(PixelBox region)
    {
        int missing = region.Side - Math.Min(region.Width, region.Height);
        int before = missing - ((missing + 1) / 2);
        return (region.Width < region.Height ? before : 0, region.Height < region.Width ? before : 0);
    }

    /// <summary>The scaled pixels, 0 to 255 and not rounded.</summary>
    /// <param name="image">RGB.</param>
    /// <param name="region">What of it.</param>
    /// <param name="side">Side of the result.</param>
    /// <param name="centred">Whether padding goes to both sides instead of right and below.</param>
    /// <returns>[side, side, 3].</returns>
    internal static float[] Sample(ImageBuffer image, PixelBox region, int side, bool centred)
    {
        var result = new float[side * side * 3];
        (int padX, int padY) = centred ? PaddingBefore(region) : (0, 0);
        double scale = (double)region.Side / side;
        for (int y = 0; y < side; y++)
        {
            (int top, int bottom, double weightY) = Place(y, scale, region.Side);
            for (int x = 0; x < side; x++)
            {
                (int left, int right, double weightX) = Place(x, scale, region.Side);
                for (int c = 0; c < 3; c++)
                {
                    double upper = Mix(At(left, top, c), At(right, top, c), weightX);
                    double lower = Mix(At(left, bottom, c), At(right, bottom, c), weightX);
                    result[(((y * side) + x) * 3) + c] = (float)Mix(upper, lower, weightY);
                }
            }
        }

        return result;

        double At(int x, int y, int c)
        {
            x -= padX;
            y -= padY;
            return x < 0 || y < 0 || x >= region.Width || y >= region.Height
                ? 0
                : image.Pixels[((((long)(region.Y + y) * image.Width) + region.X + x) * 3) + c];
        }
    }

    /// <summary>Pixels as a network's input.</summary>
    /// <param name="pixels">[side, side, 3], 0 to 255.</param>
    /// <param name="side">Width and height.</param>
    /// <param name="mean">What the network was trained with.</param>
    /// <param name="device">Where it computes.</param>
    /// <returns>[1, 3, side, side].</returns>
    internal static Tensor Normalise(float[] pixels, int side, float[] mean, Device device)
    {
        using var scope = new TensorScope();
        Tensor x = Tensor.From(pixels, [1, side, side, 3]);
        return scope.Keep(((x - Tensor.From(mean, [3])) / 255).Permute(0, 3, 1, 2).Contiguous().To(device));
    }

    private static (int Lower, int Upper, double Weight) Place(int target, double scale, int side)
    {
        double source = target * scale;
        int lower = (int)Math.Floor(source);
        return (lower, Math.Min((int)Math.Ceiling(source), side - 1), source - lower);
    }

    private static double Mix(double a, double b, double weight) => a + ((b - a) * weight);
}
