using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Recipes.Curves;

/// <summary>A white picture to draw lines and labels on; what lies outside is cut off.</summary>
internal sealed class Canvas
{
    private const int TextScale = 2;

    internal Canvas(int width, int height)
    {
        Picture = new ImageBuffer(width, height, 3);
        Array.Fill(Picture.Pixels, byte.MaxValue);
    }

    /// <summary>Height of a label.</summary>
    internal static int TextHeight => PixelFont.Height * TextScale;

    internal ImageBuffer Picture { get; }

    /// <summary>Width of a label.</summary>
    internal static int TextWidth(string text) => text.Length * (PixelFont.Width + 1) * TextScale;

    internal void Fill(int left, int top, int width, int height, RgbColor color)
    {
        for (int y = Math.Max(top, 0); y < Math.Min(top + height, Picture.Height); y++)
        {
            for (int x = Math.Max(left, 0); x < Math.Min(left + width, Picture.Width); x++)
            {
                Span<byte> pixel = Picture.Row(y).Slice(x * 3, 3);
                (pixel[0], pixel[1], pixel[2]) = (color.R, color.G, color.B);
            }
        }
    }

    /// <summary>A line of two pixels' width between finite points.</summary>
    internal void Line(double x0, double y0, double x1, double y1, RgbColor color)
    {
        int steps = (int)Math.Ceiling(Math.Max(Math.Abs(x1 - x0), Math.Abs(y1 - y0)));
        for (int i = 0; i <= steps; i++)
        {
            double t = steps == 0 ? 0 : (double)i / steps;
            Fill((int)Math.Round(x0 + ((x1 - x0) * t)), (int)Math.Round(y0 + ((y1 - y0) * t)), 2, 2, color);
        }
    }

    internal void Text(int left, int top, string text, RgbColor color)
    {
        for (int i = 0; i < text.Length; i++)
        {
            for (int y = 0; y < PixelFont.Height; y++)
            {
                for (int x = 0; x < PixelFont.Width; x++)
                {
                    if (PixelFont.IsSet(text[i], x, y))
                    {
                        int column = (i * (PixelFont.Width + 1)) + x;
                        Fill(left + (column * TextScale), top + (y * TextScale), TextScale, TextScale, color);
                    }
                }
            }
        }
    }
}
