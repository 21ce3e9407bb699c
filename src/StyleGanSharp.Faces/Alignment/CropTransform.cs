namespace StyleGanSharp.Faces.Alignment;

/// <summary>
/// Where the pixels of an aligned crop lie in its photograph, and the other way round: a similarity, exact both ways.
/// </summary>
/// <param name="Quad">The square of the photograph.</param>
/// <param name="Size">Width and height of the crop in pixels.</param>
public readonly record struct CropTransform(FaceQuad Quad, int Size)
{
    /// <summary>Where a point of the crop, in pixels from its upper left corner, lies in the photograph.</summary>
    public FacePoint ToPhotograph(FacePoint point) => Quad.At((2 * point.X / Size) - 1, (2 * point.Y / Size) - 1);

    /// <summary>Where a point of the photograph lies in the crop, in pixels from the crop's upper left corner.</summary>
    public FacePoint ToCrop(FacePoint point)
    {
        FacePoint half = Quad.Half;
        double x = point.X - Quad.Center.X, y = point.Y - Quad.Center.Y, square = (half.X * half.X) + (half.Y * half.Y);
        return new FacePoint(
            ((((x * half.X) + (y * half.Y)) / square) + 1) * Size / 2, ((((y * half.X) - (x * half.Y)) / square) + 1) * Size / 2);
    }
}
