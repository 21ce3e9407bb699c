using StyleGanSharp.Torch;

namespace StyleGanSharp.Training.Augment;

/// <summary>
/// One-dimensional filters with their padding, as matrices: for the sizes that are trained on a CPU a product of dense matrices
/// is several times faster than padding and a depthwise convolution.
/// </summary>
internal static class ResamplingMatrix
{
    /// <summary>Sizes up to which the matrix is taken; the convolutions' work grows with the taps, not with the size.</summary>
    internal const int LargestSize = 256;

    /// <summary>
    /// Correlation with the taps that keeps every other sample, without padding and after dropping the first sample.
    /// </summary>
    /// <param name="size">Samples of the output.</param>
    /// <param name="taps">An even number of them.</param>
    /// <returns>[size, 2·size + taps], row by row.</returns>
    internal static double[] Downsampling(int size, double[] taps)
    {
        int width = (2 * size) + taps.Length;
        var matrix = new double[size * width];
        for (int output = 0; output < size; output++)
        {
            taps.CopyTo(matrix, (output * width) + (2 * output) + 1);
        }

        return matrix;
    }

    /// <summary>
    /// Correlation that keeps the size, the image being reflected at its ends (again and again where it is small).
    /// </summary>
    /// <param name="size">Samples.</param>
    /// <param name="taps">An odd number of them.</param>
    /// <param name="matrix">[size, size] of zeros, row by row: the result.</param>
    internal static void Filtering(int size, double[] taps, Span<double> matrix)
    {
        for (int output = 0; output < size; output++)
        {
            for (int k = 0; k < taps.Length; k++)
            {
                matrix[(output * size) + Reflect(output + k - (taps.Length / 2), size)] += taps[k];
            }
        }
    }

    /// <summary>Resamples both axes.</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="rows">[H', H].</param>
    /// <param name="columns">[W', W].</param>
    /// <returns>[N, C, H', W'].</returns>
    internal static Tensor Apply(Tensor x, Tensor rows, Tensor columns)
    {
        using var scope = new TensorScope();
        (long n, long c, long h) = (x.Size(0), x.Size(1), x.Size(2));
        Tensor y = x.MatMul(columns.Transpose(0, 1));                    // [N, C, H, W']
        y = rows.Unsqueeze(0).MatMul(y.Reshape(n * c, h, y.Size(3)));    // [N·C, H', W']
        return scope.Keep(y.Reshape(n, c, y.Size(1), y.Size(2)));
    }

    /// <summary>The sample seen at a place beyond the ends, which are not repeated.</summary>
    internal static int Reflect(int place, int size)
    {
        if (size == 1)
        {
            return 0;
        }

        int period = 2 * (size - 1), i = ((place % period) + period) % period;
        return i < size ? i : period - i;
    }
}
