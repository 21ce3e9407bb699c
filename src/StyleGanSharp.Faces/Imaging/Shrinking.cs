using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Faces.Imaging;

/// <summary>
/// Scaling down by a whole factor, every pixel being the mean of a block: what sampling alone would skip counts.
/// </summary>
internal static class Shrinking
{
    /// <summary>Averages blocks of a region; rows and columns that fill no block at the end form smaller ones.</summary>
    /// <param name="image">RGB.</param>
    /// <param name="region">What of it.</param>
    /// <param name="factor">Side of a block.</param>
    internal static ImageBuffer Shrink(ImageBuffer image, PixelBox region, int factor)
    {
        var result = new ImageBuffer((region.Width + factor - 1) / factor, (region.Height + factor - 1) / factor, 3);
        var sums = new long[result.Width * 3]; // Blocks of photographs exceed 32 bits from 2900 pixels on.
        for (int row = 0; row < result.Height; row++)
        {
            Array.Clear(sums);
            int first = row * factor, rows = Math.Min(factor, region.Height - first);
            for (int y = first; y < first + rows; y++)
            {
                ReadOnlySpan<byte> pixels = image.Row(region.Y + y).Slice(region.X * 3, region.Width * 3);
                for (int x = 0, p = 0; x < region.Width; x++, p += 3)
                {
                    int target = x / factor * 3;
                    sums[target] += pixels[p];
                    sums[target + 1] += pixels[p + 1];
                    sums[target + 2] += pixels[p + 2];
                }
            }

            Span<byte> output = result.Row(row);
            for (int i = 0; i < output.Length; i++)
            {
                int count = rows * Math.Min(factor, region.Width - (i / 3 * factor));
                output[i] = (byte)((sums[i] + (count / 2)) / count);
            }
        }

        return result;
    }
}
