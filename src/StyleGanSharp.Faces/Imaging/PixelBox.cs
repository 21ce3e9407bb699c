namespace StyleGanSharp.Faces.Imaging;

/// <summary>Whole pixels of an image, at least one.</summary>
internal readonly record struct PixelBox(int X, int Y, int Width, int Height)
{
    /// <summary>The longer side.</summary>
    internal int Side => Math.Max(Width, Height);

    /// <summary>
    /// The part of a box that lies in the image: each of the four numbers is cut to the image and rounded down. A box that covers
    /// no pixel becomes the nearest one.
    /// </summary>
    internal static PixelBox Clip(FaceBox box, int width, int height)
    {
        double x = Math.Max(box.X, 0), y = Math.Max(box.Y, 0);
        double w = Math.Min(box.Width + box.X - x, width - x), h = Math.Min(box.Height + box.Y - y, height - y);
        return new PixelBox(
            (int)Math.Clamp(Math.Floor(x), 0, width - 1), (int)Math.Clamp(Math.Floor(y), 0, height - 1),
            (int)Math.Clamp(Math.Floor(w), 1, width), (int)Math.Clamp(Math.Floor(h), 1, height)).Within(width, height);
    }

    /// <summary>The whole of an image.</summary>
    internal static PixelBox All(int width, int height) => new(0, 0, width, height);

    private PixelBox Within(int width, int height) =>
        this with { Width = Math.Min(Width, width - X), Height = Math.Min(Height, height - Y) };
}
