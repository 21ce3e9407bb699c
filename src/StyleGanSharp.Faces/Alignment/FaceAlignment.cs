using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Faces.Alignment;

/// <summary>
/// Cuts faces out of photographs as those of FFHQ were: upright, eyes and mouth at fixed places, what lies beyond the photograph
/// reflected and blurred. Source: Karras et al., "Progressive Growing of GANs" (2018), appendix C; see <see cref="FaceQuad"/>.
/// </summary>
public static class FaceAlignment
{
    /// <summary>Smallest side of a crop.</summary>
    public const int SmallestSize = 2;

    /// <summary>Largest side of a crop.</summary>
    public const int LargestSize = 4096;

    // A square so many times as large as the photograph shows nothing of it.
    private const double LargestOverhang = 64;

    /// <summary>Cuts out a face.</summary>
    /// <param name="photograph">Gray, RGB or RGBA (laid on white), of any size.</param>
    /// <param name="landmarks">68 or 5 points; see <see cref="FaceQuad.FromLandmarks"/>.</param>
    /// <param name="size">Width and height of the crop, 2 to 4096.</param>
    /// <exception cref="AlignmentException">
    /// The landmarks give no square, or one whose middle is not in the photograph.
    /// </exception>
    public static AlignedFace Align(ImageBuffer photograph, IReadOnlyList<FacePoint> landmarks, int size) =>
        Align(photograph, FaceQuad.FromLandmarks(landmarks), size);

    /// <summary>
    /// Cuts out a square: bilinear at the first power of two from four times the size on (at most 4096), the mean of the samples
    /// being the pixel. How much memory is needed depends on the crop's size and on the part of the photograph that it shows.
    /// </summary>
    /// <param name="photograph">Gray, RGB or RGBA (laid on white), of any size.</param>
    /// <param name="quad">The square.</param>
    /// <param name="size">Width and height of the crop, 2 to 4096.</param>
    /// <exception cref="AlignmentException">The square is empty, or its middle is not in the photograph.</exception>
    public static AlignedFace Align(ImageBuffer photograph, FaceQuad quad, int size)
    {
        ArgumentNullException.ThrowIfNull(photograph);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, SmallestSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, LargestSize);
        Require(quad, photograph.Width, photograph.Height);
        var region = PaddedRegion.Of(photograph, quad, size);
        return new AlignedFace(QuadWarp.Render(region, quad, size), new CropTransform(quad, size));
    }

    /// <summary>Refuses a square that cannot be one of a face in an image.</summary>
    /// <exception cref="AlignmentException">It is empty, too large, or its middle is not in the image.</exception>
    internal static void Require(FaceQuad quad, int width, int height)
    {
        double largest = LargestOverhang * Math.Max(width, height);
        if (!(quad.Side > 0 && quad.Side <= largest))
        {
            throw Fault(FormattableString.Invariant(
                $"The square of the face is {quad.Side:0.###} pixels wide; expected more than 0 and at most {largest:0}"));
        }

        if (!(quad.Center.X >= 0 && quad.Center.X <= width && quad.Center.Y >= 0 && quad.Center.Y <= height))
        {
            throw Fault(FormattableString.Invariant(
                $"The middle of the face, ({quad.Center.X:0.#}, {quad.Center.Y:0.#}), is not"));
        }

        AlignmentException Fault(string problem) => new(
            $"{problem} in an image of {width}x{height}: check the landmarks, in pixels of the upright image.");
    }
}
