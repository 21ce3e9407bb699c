using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Networks.Ops.UpFirDn;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Training.Augment;

/// <summary>
/// Moves every image of a batch by an affine map, sampling an upsampled copy so that nothing blurs or aliases. Source: Karras et
/// al., "Training Generative Adversarial Networks with Limited Data" (2020), appendix B.
/// </summary>
internal static class Warp
{
    /// <summary>Overshoots of less than this are rounding, and need no further row of padding.</summary>
    private const double Rounding = 1e-4;

    private static readonly Operator ReflectionPad = new("aten::reflection_pad2d");

    // Half of the filter at each of the two rates.
    private static int Margin => WaveletFilters.LowPass.Length / 2;

    /// <summary>Moves the images.</summary>
    /// <param name="images">[N, C, H, W], floating point.</param>
    /// <param name="maps">
    /// One of 3x3 per image, from pixels of the result to pixels of the image, the origin being the middle.
    /// </param>
    /// <returns>Of the same shape.</returns>
    internal static Tensor Apply(Tensor images, double[][,] maps)
    {
        // The filters undo each other exactly, so images that stay where they are need no work; but only where the padding is not
        // cut.
        (int height, int width) = ((int)images.Size(2), (int)images.Size(3));
        if (Math.Min(height, width) > Margin && maps.All(Matrices.IsIdentity))
        {
            return images.Alias();
        }

        return images is { DType: DType.Float32, Device.Type: DeviceType.Cpu } ? Fast(images, maps) : Reference(images, maps);
    }

    /// <summary>The definition, step by step.</summary>
    internal static Tensor Reference(Tensor images, double[][,] maps)
    {
        using var scope = new TensorScope();
        (int height, int width) = ((int)images.Size(2), (int)images.Size(3));
        Padding padding = PaddingFor(maps, width, height);
        Tensor lowPass = Constant(WaveletFilters.LowPass, [WaveletFilters.LowPass.Length], images);

        Tensor x = ReflectionPad.Call(images, new long[] { padding.X0, padding.X1, padding.Y0, padding.Y1 });
        x = UpFirDn2d.Upsample(x, lowPass, (2, 2));
        (long outWidth, long outHeight) = (2 * (width + Margin), 2 * (height + Margin));
        Tensor theta = Theta(maps, padding, (x.Size(3), x.Size(2)), (outWidth, outHeight), images);
        x = GridSample.Apply(x, GridSample.Affine(theta, outHeight, outWidth));
        return scope.Keep(UpFirDn2d.Downsample(x, lowPass, (2, 2), Padding.All(-Margin), flipFilter: true));
    }

    /// <summary>The same without the intermediate images, for float32 on the CPU.</summary>
    internal static Tensor Fast(Tensor images, double[][,] maps)
    {
        using var scope = new TensorScope();
        (int height, int width) = ((int)images.Size(2), (int)images.Size(3));
        Padding padding = PaddingFor(maps, width, height);
        (int outWidth, int outHeight) = (2 * (width + Margin), 2 * (height + Margin));
        AffineMap[] places = Array.ConvertAll(maps, g => Pixels(g, padding, (outWidth, outHeight), (width, height)));
        Tensor x = new WarpSampling(new WarpGeometry(width, height, padding, outWidth, outHeight, places)).Of(images);
        if (Math.Max(height, width) > ResamplingMatrix.LargestSize)
        {
            Tensor lowPass = Constant(WaveletFilters.LowPass, [WaveletFilters.LowPass.Length], images);
            return scope.Keep(UpFirDn2d.Downsample(x, lowPass, (2, 2), Padding.All(-Margin), flipFilter: true));
        }

        Tensor rows = Constant(ResamplingMatrix.Downsampling(height, WaveletFilters.LowPass), [height, outHeight], images);
        Tensor columns = Constant(ResamplingMatrix.Downsampling(width, WaveletFilters.LowPass), [width, outWidth], images);
        return scope.Keep(ResamplingMatrix.Apply(x, rows, columns));
    }

    // What the corners of any image of the batch reach beyond the edges, and the filters' half.
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

    // Between coordinates of the padded and upsampled image and of the samples, the origins being the middles.
    private static double[,] Upsampled(double[,] map, Padding padding) => Matrices.Product(
        Matrices.Translate(-0.5, -0.5),
        Matrices.Scale(2, 2),
        Matrices.Translate((padding.X0 - padding.X1) / 2.0, (padding.Y0 - padding.Y1) / 2.0),
        map,
        Matrices.Scale(0.5, 0.5),
        Matrices.Translate(0.5, 0.5));

    // Between normalised coordinates, from -1 to 1.
    private static Tensor Theta(double[][,] maps, Padding padding, (long W, long H) source, (long W, long H) target, Tensor like)
    {
        var rows = new double[maps.Length * 6];
        for (int i = 0; i < maps.Length; i++)
        {
            double[,] map = Matrices.Product(
                Matrices.Scale(2.0 / source.W, 2.0 / source.H),
                Upsampled(maps[i], padding),
                Matrices.Scale(target.W / 2.0, target.H / 2.0));
            for (int k = 0; k < 6; k++)
            {
                rows[(i * 6) + k] = map[k / 3, k % 3];
            }
        }

        return Constant(rows, [maps.Length, 2, 3], like);
    }

    // Between columns and rows, counted from 0.
    private static AffineMap Pixels(double[,] map, Padding padding, (int W, int H) target, (int W, int H) picture)
    {
        (int w, int h) = (picture.W + padding.X0 + padding.X1, picture.H + padding.Y0 + padding.Y1);
        double[,] m = Matrices.Product(
            Matrices.Translate(w - 0.5, h - 0.5),
            Upsampled(map, padding),
            Matrices.Translate(0.5 - (target.W / 2.0), 0.5 - (target.H / 2.0)));
        return new AffineMap(m[0, 0], m[0, 1], m[0, 2], m[1, 0], m[1, 1], m[1, 2]);
    }

    private static Tensor Constant(double[] values, ReadOnlySpan<long> shape, Tensor like)
    {
        using var scope = new TensorScope();
        return scope.Keep(Tensor.From(values, shape).To(like.DType).To(like.Device));
    }
}
