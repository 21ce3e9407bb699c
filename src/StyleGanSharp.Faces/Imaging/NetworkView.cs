using StyleGanSharp.Data.Images;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Faces.Imaging;

/// <summary>
/// A region of an image scaled to a network's side, and the way from the network's coordinates back to the image.
/// </summary>
internal sealed class NetworkView
{
    private readonly PixelBox region;
    private readonly FaceGeometry geometry;
    private readonly int side;
    private readonly bool centred;
    private readonly int factor = 1;
    private readonly PixelBox sampled;

    /// <summary>Scales a region.</summary>
    /// <param name="image">RGB.</param>
    /// <param name="region">What of it.</param>
    /// <param name="side">Side of the network's input.</param>
    /// <param name="centred">Whether padding goes to both sides instead of right and below.</param>
    /// <param name="geometry">The rules.</param>
    internal NetworkView(ImageBuffer image, PixelBox region, int side, bool centred, FaceGeometry geometry)
    {
        (this.region, this.geometry, this.side, this.centred) = (region, geometry, side, centred);
        sampled = region;
        if (geometry == FaceGeometry.Exact && region.Side >= 2 * side)
        {
            factor = region.Side / side;
            image = Shrinking.Shrink(image, region, factor);
            sampled = PixelBox.All(image.Width, image.Height);
        }

        Pixels = SquareInput.Sample(image, sampled, side, centred);
    }

    /// <summary>[side, side, 3], 0 to 255.</summary>
    internal float[] Pixels { get; }

    /// <summary>Pixels of the image for one of the input.</summary>
    internal double Scale => (double)sampled.Side / side * factor;

    /// <summary>The network's input, [1, 3, side, side].</summary>
    internal Tensor ToTensor(float[] mean, Device device) => SquareInput.Normalise(Pixels, side, mean, device);

    /// <summary>Where a place of the input, in parts of its side, lies in the image.</summary>
    internal FacePoint ToImage(double x, double y)
    {
        if (geometry == FaceGeometry.Library)
        {
            // Padding is taken as exactly half here, although it was made of whole pixels.
            double halfX = centred
                ? (region.Side - region.Width) / 2.0 : 0, halfY = centred ? (region.Side - region.Height) / 2.0 : 0;
            return new FacePoint(region.X + (x * region.Side) - halfX, region.Y + (y * region.Side) - halfY);
        }

        // The centre of pixel i of the input lies at the centre of pixel i * scale of what was sampled.
        (int padX, int padY) = centred ? SquareInput.PaddingBefore(sampled) : (0, 0);
        double scale = (double)sampled.Side / side;
        return new FacePoint(
            region.X + (((((x * side) - 0.5) * scale) + 0.5 - padX) * factor),
            region.Y + (((((y * side) - 0.5) * scale) + 0.5 - padY) * factor));
    }
}
