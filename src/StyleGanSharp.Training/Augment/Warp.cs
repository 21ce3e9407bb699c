using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Training.Augment;

/// <summary>
/// Moves every picture of a batch by an affine map, sampling an upsampled copy so that nothing blurs or aliases. Source: Karras et al.,
/// "Training Generative Adversarial Networks with Limited Data" (2020), appendix B.
/// </summary>
internal static class Warp
{
    /// <summary>Overshoots of less than this are rounding, and need no further row of padding.</summary>
    private const double Rounding = 1e-4;

    private static readonly Operator ReflectionPad = new("aten::reflection_pad2d");

    // Half of the filter at each of the two rates.
    private static int Margin => WaveletFilters.LowPass.Length / 2;

    /// <summary>Moves the pictures.</summary>
    /// <param name="images">[N, C, H, W], floating point.</param>
    /// <param name="maps">One of 3x3 per picture, from pixels of the result to pixels of the picture, the origin being the middle.</param>
    /// <returns>Of the same shape.</returns>
    internal static Tensor Apply(Tensor images, double[][,] maps)
    {
        // The filters undo each other exactly, so pictures that stay where they are need no work; but only where the padding is not cut.
        (int height, int width) = ((int)images.Size(2), (int)images.Size(3));
        return Math.Min(height, width) > Margin && maps.All(Matrices.IsIdentity)
            ? images.Alias()
            : Apply(images, maps, dense: Math.Max(height, width) <= ResamplingMatrix.LargestSize);
    }

    /// <summary>The complete way, by matrices or by convolutions.</summary>
    internal static Tensor Apply(Tensor images, double[][,] maps, bool dense)
    {
        using var scope = new TensorScope();
        (int height, int width) = ((int)images.Size(2), (int)images.Size(3));
        Padding padding = PaddingFor(maps, width, height);
        (long w, long h) = (2L * (width + padding.X0 + padding.X1), 2L * (height + padding.Y0 + padding.Y1));
        (long outW, long outH) = (2L * (width + Margin), 2L * (height + Margin));

        Tensor theta = Theta(Normalise(maps, padding, (w, h), (outW, outH)), images);
        Tensor x = dense ? UpsampleByMatrix(images, padding) : UpsampleByConvolution(images, padding);
        x = GridSample.Apply(x, GridSample.Affine(theta, outH, outW));
        return scope.Keep(dense ? DownsampleByMatrix(x, height, width) : DownsampleByConvolution(x));
    }

    // What the corners of any picture of the batch reach beyond the edges, and the filters' half.
    private static Padding PaddingFor(double[][,] maps, int width, int height)
    {
        (double cx, double cy) = ((width - 1) / 2.0, (height - 1) / 2.0);
        double left = 0, right = 0, top = 0, bottom = 0;
        foreach (double[,] g in maps)
        {
            foreach ((double x, double y) in new[] { (-cx, -cy), (cx, -cy), (cx, cy), (-cx, cy) })
            {
                (double u, double v) = ((g[0, 0] * x) + (g[0, 1] * y) + g[0, 2], (g[1, 0] * x) + (g[1, 1] * y) + g[1, 2]);
                (left, right) = (Math.Max(left, -u), Math.Max(right, u));
                (top, bottom) = (Math.Max(top, -v), Math.Max(bottom, v));
            }
        }

        return new Padding(Whole(left, cx, width), Whole(right, cx, width), Whole(top, cy, height), Whole(bottom, cy, height));

        static int Whole(double reach, double centre, int size) =>
            (int)Math.Ceiling(Math.Clamp(reach - centre + Margin - Rounding, 0, size - 1));
    }

    // From pixels of the pictures to the normalised coordinates of sampling, through padding and upsampling by two.
    private static double[][,] Normalise(double[][,] maps, Padding padding, (long W, long H) source, (long W, long H) target) =>
        Array.ConvertAll(maps, g => Matrices.Product(
            Matrices.Scale(2.0 / source.W, 2.0 / source.H),
            Matrices.Translate(-0.5, -0.5),
            Matrices.Scale(2, 2),
            Matrices.Translate((padding.X0 - padding.X1) / 2.0, (padding.Y0 - padding.Y1) / 2.0),
            g,
            Matrices.Scale(0.5, 0.5),
            Matrices.Translate(0.5, 0.5),
            Matrices.Scale(target.W / 2.0, target.H / 2.0)));

    private static Tensor Theta(double[][,] maps, Tensor like)
    {
        var rows = new double[maps.Length * 6];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = maps[i / 6][i % 6 / 3, i % 3];
        }

        return Constant(rows, [maps.Length, 2, 3], like);
    }

    private static Tensor UpsampleByMatrix(Tensor x, Padding p)
    {
        using var scope = new TensorScope();
        (int h, int w) = ((int)x.Size(2), (int)x.Size(3));
        Tensor rows = Constant(ResamplingMatrix.Upsampling(h, p.Y0, p.Y1, WaveletFilters.LowPass), [2 * (h + p.Y0 + p.Y1), h], x);
        Tensor columns = Constant(ResamplingMatrix.Upsampling(w, p.X0, p.X1, WaveletFilters.LowPass), [2 * (w + p.X0 + p.X1), w], x);
        return scope.Keep(ResamplingMatrix.Apply(x, rows, columns));
    }

    private static Tensor DownsampleByMatrix(Tensor x, int height, int width)
    {
        using var scope = new TensorScope();
        Tensor rows = Constant(ResamplingMatrix.Downsampling(height, WaveletFilters.LowPass), [height, x.Size(2)], x);
        Tensor columns = Constant(ResamplingMatrix.Downsampling(width, WaveletFilters.LowPass), [width, x.Size(3)], x);
        return scope.Keep(ResamplingMatrix.Apply(x, rows, columns));
    }

    private static Tensor UpsampleByConvolution(Tensor x, Padding p)
    {
        using var scope = new TensorScope();
        Tensor padded = ReflectionPad.Call(x, new long[] { p.X0, p.X1, p.Y0, p.Y1 });
        return scope.Keep(UpFirDn2d.Upsample(padded, LowPass(x), (2, 2)));
    }

    private static Tensor DownsampleByConvolution(Tensor x)
    {
        using var scope = new TensorScope();
        return scope.Keep(UpFirDn2d.Downsample(x, LowPass(x), (2, 2), Padding.All(-Margin), flipFilter: true));
    }

    private static Tensor LowPass(Tensor like) => Constant(WaveletFilters.LowPass, [WaveletFilters.LowPass.Length], like);

    private static Tensor Constant(double[] values, ReadOnlySpan<long> shape, Tensor like)
    {
        using var scope = new TensorScope();
        return scope.Keep(Tensor.From(values, shape).To(like.DType).To(like.Device));
    }
}
