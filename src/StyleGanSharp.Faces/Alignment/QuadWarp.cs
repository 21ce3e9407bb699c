using System.Numerics;
using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Faces.Alignment;

/// <summary>A square of a photograph as an upright image.</summary>
internal static class QuadWarp
{
    // Four samples a pixel in each direction, as long as there are no more than the field takes.
    private const int Supersampling = 4;
    private const int MostSamples = 4096;

    /// <summary>Samples in each direction for a crop: a power of two.</summary>
    internal static int Samples(int size) =>
        (int)Math.Min(MostSamples, BitOperations.RoundUpToPowerOf2((uint)(Supersampling * size)));

    /// <summary>Renders the crop: bilinear samples between pixel centres, and the mean of those that a pixel covers.</summary>
    internal static ImageBuffer Render(PaddedRegion region, FaceQuad quad, int size)
    {
        int samples = Samples(size);
        double covered = (double)samples / size; // At least 1; not always a whole number.
        FacePoint first = region.ToRegion(quad.UpperLeft);
        double step = 2.0 / samples / region.Scale, stepX = quad.Half.X * step, stepY = quad.Half.Y * step;
        var result = new ImageBuffer(size, size, 3);
        Parallel.For(0, size, row =>
        {
            var sums = new double[size * 3];
            double top = row * covered, bottom = (row + 1) * covered;
            for (int j = (int)top; j < bottom && j < samples; j++)
            {
                Add(j, Math.Min(bottom, j + 1) - Math.Max(top, j), sums);
            }

            Span<byte> output = result.Row(row);
            for (int i = 0; i < output.Length; i++)
            {
                output[i] = (byte)((sums[i] / (covered * covered)) + 0.5);
            }
        });
        return result;

        void Add(int j, double weight, double[] sums)
        {
            double startX = first.X - (stepY * (j + 0.5)), startY = first.Y + (stepX * (j + 0.5));
            for (int column = 0; column < size; column++)
            {
                double left = column * covered, right = (column + 1) * covered;
                for (int i = (int)left; i < right && i < samples; i++)
                {
                    double part = weight * (Math.Min(right, i + 1) - Math.Max(left, i));
                    double x = startX + (stepX * (i + 0.5)), y = startY + (stepY * (i + 0.5));
                    Bilinear.Add(region.Pixels, x, y, part, sums.AsSpan(column * 3, 3));
                }
            }
        }
    }
}
