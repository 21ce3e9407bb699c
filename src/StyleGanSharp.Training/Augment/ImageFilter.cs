using StyleGanSharp.Torch;

namespace StyleGanSharp.Training.Augment;

/// <summary>
/// Amplifies frequency bands. Source: Karras et al., "Training Generative Adversarial Networks with Limited Data" (2020),
/// appendix B, transform 14.
/// </summary>
internal static class ImageFilter
{
    // How the power of natural images falls off from band to band: amplified bands must not make the images louder as a whole.
    private static readonly double[] ExpectedPower = [10 / 13.0, 1 / 13.0, 1 / 13.0, 1 / 13.0];

    private static readonly Operator ReflectionPad = new("aten::reflection_pad2d");

    /// <summary>Draws one filter per image; null where the image is not touched.</summary>
    internal static double[]?[] Draw(AugmentOptions options, BatchDraws draws)
    {
        var gains = new double[draws.Count][];
        for (int band = 0; band < WaveletFilters.Bands; band++)
        {
            int current = band;
            draws.Normal($"imgfilter_band{band}", options.ImageFilter * options.ImageFilterBands[band], (i, n) =>
            {
                double gain = Math.Pow(2, n * options.ImageFilterStd);
                double power = 1 + (ExpectedPower[current] * ((gain * gain) - 1));
                gains[i] ??= [1, 1, 1, 1];
                for (int other = 0; other < WaveletFilters.Bands; other++)
                {
                    gains[i][other] *= (other == current ? gain : 1) / Math.Sqrt(power);
                }
            });
        }

        return Array.ConvertAll<double[]?, double[]?>(gains, g => g is null ? null : Mix(g));
    }

    /// <summary>Applies the filters along both axes, the images being reflected at their edges.</summary>
    /// <param name="images">[N, C, H, W].</param>
    /// <param name="filters">From <see cref="Draw"/>.</param>
    /// <returns>Of the same shape.</returns>
    internal static Tensor Apply(Tensor images, double[]?[] filters)
    {
        // Without amplification the bands add up to an impulse.
        if (Array.TrueForAll(filters, f => f is null))
        {
            return images.Alias();
        }

        return Math.Max(images.Size(2), images.Size(3)) <= ResamplingMatrix.LargestSize
            ? ByMatrix(images, filters)
            : ByConvolution(images, filters);
    }

    /// <summary>By one matrix per image and axis.</summary>
    internal static Tensor ByMatrix(Tensor images, double[]?[] filters)
    {
        using var scope = new TensorScope();
        (long n, long c, long h, long w) = (images.Size(0), images.Size(1), images.Size(2), images.Size(3));
        Tensor rows = Matrix(h).Unsqueeze(1), columns = w == h ? rows.Squeeze(1) : Matrix(w);
        Tensor x = images.Reshape(n, c * h, w).MatMul(columns.Transpose(1, 2));
        return scope.Keep(rows.MatMul(x.Reshape(n, c, h, w)));

        Tensor Matrix(long size)
        {
            var matrices = new double[n * size * size];
            for (int i = 0; i < n; i++)
            {
                ResamplingMatrix.Filtering(
                    (int)size, filters[i] ?? Mix([1, 1, 1, 1]), matrices.AsSpan((int)(i * size * size), (int)(size * size)));
            }

            return Tensor.From(matrices, [n, size, size]).To(images.DType).To(images.Device);
        }
    }

    /// <summary>By a convolution whose groups are the planes.</summary>
    internal static Tensor ByConvolution(Tensor images, double[]?[] filters)
    {
        using var scope = new TensorScope();
        (long n, long c, long h, long w) = (images.Size(0), images.Size(1), images.Size(2), images.Size(3));
        double[] taps = [.. filters.SelectMany(f => f ?? Mix([1, 1, 1, 1]))];
        long length = taps.Length / n, margin = length / 2, planes = n * c;
        Tensor filter = Tensor.From(taps, [n, length]).To(images.DType).To(images.Device).RepeatInterleave(c, 0);
        Tensor x = ReflectionPad.Call(images, new[] { margin, margin, margin, margin })
            .Reshape(1, planes, h + (2 * margin), w + (2 * margin));
        x = Grouped(x, filter.Reshape(planes, 1, 1, length));
        x = Grouped(x, filter.Reshape(planes, 1, length, 1));
        return scope.Keep(x.Reshape(n, c, h, w));
    }

    private static Tensor Grouped(Tensor x, Tensor weight) => Functional.Conv2d(x, weight, groups: x.Size(1));

    private static double[] Mix(double[] gains)
    {
        var filter = new double[WaveletFilters.Bank[0].Length];
        for (int band = 0; band < gains.Length; band++)
        {
            for (int k = 0; k < filter.Length; k++)
            {
                filter[k] += gains[band] * WaveletFilters.Bank[band][k];
            }
        }

        return filter;
    }
}
