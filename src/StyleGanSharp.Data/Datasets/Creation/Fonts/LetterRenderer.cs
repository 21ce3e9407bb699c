using NetVips;
using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Data.Datasets.Creation.Fonts;

/// <summary>Draws single letters, white on black, through libvips' text (Pango).</summary>
internal static class LetterRenderer
{
    // Large against the result, so that the shape comes from our own resize and not from hinting.
    private const int Points = 200;
    private const int MaxSide = 4096;
    private const double Fill = 0.8;
    private const byte Ink = 24;

    private static readonly Lock Pango = new();

    /// <summary>The letter in the middle of a square, its longer side 80 % of it; null when nothing is drawn.</summary>
    public static ImageBuffer? Draw(FontFace face, char letter, int side, bool useFile)
    {
        ImageLibrary.EnsureStarted();
        ImageBuffer? drawn;

        // Pango's fonts are shared by all texts, and freeing one text while another is drawn ends the process.
        lock (Pango)
        {
            drawn = DrawLarge(face, letter, useFile);
        }

        return drawn is not null && CropToInk(drawn) is { } ink ? Place(ink, side) : null;
    }

    private static ImageBuffer? DrawLarge(FontFace face, char letter, bool useFile)
    {
        try
        {
            using Image drawn = Image.Text(
                letter.ToString(), face.Describe(Points), dpi: 72, fontfile: useFile ? face.File : null);
            return drawn.Width <= MaxSide && drawn.Height <= MaxSide && drawn.Bands == 1
                ? ImageDecoder.ReadPixels(drawn, face.Family)
                : null;
        }
        catch (Exception exception) when (exception is VipsException or ImageException)
        {
            return null;   // A font that cannot be drawn is like one without the letter.
        }
    }

    private static ImageBuffer? CropToInk(ImageBuffer image)
    {
        int left = image.Width, right = -1, top = image.Height, bottom = -1;
        for (int y = 0; y < image.Height; y++)
        {
            ReadOnlySpan<byte> row = image.Row(y);
            int first = row.IndexOfAnyInRange(Ink, (byte)255);
            if (first >= 0)
            {
                left = Math.Min(left, first);
                right = Math.Max(right, row.LastIndexOfAnyInRange(Ink, (byte)255));
                top = Math.Min(top, y);
                bottom = y;
            }
        }

        if (right < 0)
        {
            return null;
        }

        var result = new ImageBuffer(right - left + 1, bottom - top + 1, 1);
        for (int y = 0; y < result.Height; y++)
        {
            image.Row(top + y).Slice(left, result.Width).CopyTo(result.Row(y));
        }

        return result;
    }

    private static ImageBuffer Place(ImageBuffer ink, int side)
    {
        double scale = Fill * side / Math.Max(ink.Width, ink.Height);
        int width = Math.Clamp((int)Math.Round(ink.Width * scale), 1, side);
        int height = Math.Clamp((int)Math.Round(ink.Height * scale), 1, side);
        ImageBuffer small = ImageResize.Resize(ink, width, height);
        var result = new ImageBuffer(side, side, 1);
        for (int y = 0; y < height; y++)
        {
            small.Row(y).CopyTo(result.Row(((side - height) / 2) + y)[((side - width) / 2)..]);
        }

        return result;
    }
}
