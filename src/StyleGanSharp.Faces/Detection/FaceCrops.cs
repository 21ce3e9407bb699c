namespace StyleGanSharp.Faces.Detection;

/// <summary>Which part of an image each network looks at. Nothing is rotated: "aligned" means another upright box.</summary>
internal static class FaceCrops
{
    // Share of the landmarks' bounding box that is added, half on each side.
    private const double Margin = 0.2;

    // Of the descriptor's square: the distance from eyes to mouth is this part of the side, and the middle of eyes and mouth lies
    // this far from left and top.
    private const double EyesToMouth = 0.45;
    private const double MiddleX = 0.5;
    private const double MiddleY = 0.43;

    /// <summary>The landmarks' bounding box with a margin: for expression, age and gender.</summary>
    internal static FaceBox Aligned(IReadOnlyList<FacePoint> landmarks)
    {
        double left = landmarks.Min(p => p.X), top = landmarks.Min(p => p.Y);
        double width = Math.Max(0, landmarks.Max(p => p.X)) - left, height = Math.Max(0, landmarks.Max(p => p.Y)) - top;
        return new FaceBox(left - (Margin / 2 * width), top - (Margin / 2 * height), width * (1 + Margin), height * (1 + Margin));
    }

    /// <summary>A square by eyes and mouth: for the descriptor. Whole pixels, cut at the image's left and upper border.</summary>
    /// <param name="landmarks">Of the face.</param>
    /// <param name="width">Width of the image; the library takes that of the landmarks' crop.</param>
    /// <param name="height">Height of the same.</param>
    internal static FaceBox Descriptor(IReadOnlyList<FacePoint> landmarks, int width, int height)
    {
        FacePoint left = Mean(landmarks, 36, 42), right = Mean(landmarks, 42, 48), mouth = Mean(landmarks, 48, 68);
        double size = Math.Floor((Distance(left, mouth) + Distance(right, mouth)) / 2 / EyesToMouth);
        double x = Math.Floor(Math.Max(0, ((left.X + right.X + mouth.X) / 3) - (MiddleX * size)));
        double y = Math.Floor(Math.Max(0, ((left.Y + right.Y + mouth.Y) / 3) - (MiddleY * size)));
        return new FaceBox(x, y, Math.Min(size, width + x), Math.Min(size, height + y));
    }

    private static FacePoint Mean(IReadOnlyList<FacePoint> points, int first, int end)
    {
        double x = 0, y = 0;
        for (int i = first; i < end; i++)
        {
            x += points[i].X;
            y += points[i].Y;
        }

        return new FacePoint(x / (end - first), y / (end - first));
    }

    private static double Distance(FacePoint a, FacePoint b) =>
        Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));
}
