using StyleGanSharp.Torch;

namespace StyleGanSharp.Training.Augment;

/// <summary>
/// Changes of colour: one affine map of (red, green, blue) per image. Source: Karras et al., "Training Generative Adversarial
/// Networks with Limited Data" (2020), appendix B, transforms 9 to 13.
/// </summary>
internal static class ColourTransforms
{
    private static readonly double Third = 1.0 / 3;

    // v·v', v = (1, 1, 1)/sqrt(3) being the direction of the luma.
    private static readonly double[,] Luma =
        { { Third, Third, Third, 0 }, { Third, Third, Third, 0 }, { Third, Third, Third, 0 }, { 0, 0, 0, 0 } };

    /// <summary>Draws one map per image.</summary>
    /// <param name="options">Which transforms.</param>
    /// <param name="draws">The batch's draws.</param>
    /// <param name="channels">Of the images; hue and saturation need more than one.</param>
    /// <returns>4x4 each.</returns>
    internal static double[][,] Draw(AugmentOptions options, BatchDraws draws, long channels)
    {
        double[][,] maps = Matrices.Identities(draws.Count, 4);
        if (options.Brightness > 0)
        {
            draws.Normal("brightness", options.Brightness, (i, n) => Then(i, Offset(n * options.BrightnessStd)));
        }

        if (options.Contrast > 0)
        {
            draws.Normal("contrast", options.Contrast, (i, n) => Then(i, Factor(Math.Pow(2, n * options.ContrastStd))));
        }

        if (options.LumaFlip > 0)
        {
            draws.Uniform("lumaflip", options.LumaFlip, (i, u) => Then(i, LumaTimes(1 - (2 * Math.Floor(2 * u)), 1)));
        }

        if (options.Hue > 0 && channels > 1)
        {
            draws.Uniform("hue", options.Hue, (i, u) => Then(i, RotateHue(Math.PI * ((2 * u) - 1) * options.HueMax)));
        }

        if (options.Saturation > 0 && channels > 1)
        {
            draws.Normal("saturation", options.Saturation, (i, n) =>
                Then(i, LumaTimes(1, Math.Pow(2, n * options.SaturationStd))));
        }

        return maps;

        void Then(int picture, double[,] map) => maps[picture] = Matrices.Product(map, maps[picture]);
    }

    /// <summary>Applies the maps. Of four channels the last one, opacity, stays as it is (a definition of this project: the
    /// reference
    /// knows one and three channels only); a single channel takes the mean of the three.</summary>
    /// <param name="images">[N, 1 or 3 or 4, H, W].</param>
    /// <param name="maps">From <see cref="Draw"/>.</param>
    /// <returns>Of the same shape.</returns>
    internal static Tensor Apply(Tensor images, double[][,] maps)
    {
        if (maps.All(Matrices.IsIdentity))
        {
            return images.Alias();
        }

        using var scope = new TensorScope();
        (long n, long h, long w) = (images.Size(0), images.Size(2), images.Size(3));
        int channels = (int)images.Size(1);
        var factors = new double[n * channels * channels];
        var offsets = new double[n * channels];
        for (int i = 0; i < n; i++)
        {
            Write(maps[i], channels, factors.AsSpan(i * channels * channels), offsets.AsSpan(i * channels));
        }

        Tensor factor = Tensor.From(factors, [n, channels, channels]).To(images.DType).To(images.Device);
        Tensor offset = Tensor.From(offsets, [n, channels, 1]).To(images.DType).To(images.Device);
        Tensor y = factor.MatMul(images.Reshape(n, channels, h * w)) + offset;
        return scope.Keep(y.Reshape(n, channels, h, w));
    }

    private static void Write(double[,] map, int channels, Span<double> factors, Span<double> offsets)
    {
        if (channels == 1)
        {
            for (int row = 0; row < 3; row++)
            {
                factors[0] += (map[row, 0] + map[row, 1] + map[row, 2]) / 3;
                offsets[0] += map[row, 3] / 3;
            }

            return;
        }

        for (int row = 0; row < 3; row++)
        {
            offsets[row] = map[row, 3];
            for (int column = 0; column < 3; column++)
            {
                factors[(row * channels) + column] = map[row, column];
            }
        }

        if (channels == 4)
        {
            factors[15] = 1;
        }
    }

    private static double[,] Offset(double b) => new[,] { { 1, 0, 0, b }, { 0, 1, 0, b }, { 0, 0, 1, b }, { 0, 0, 0, 1 } };

    private static double[,] Factor(double c) => Matrices.Diagonal(c, c, c, 1);

    // Scales the part along v and the part across it.
    private static double[,] LumaTimes(double along, double across)
    {
        double[,] result = Matrices.Diagonal(across, across, across, 1);
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                result[i, j] += (along - across) * Luma[i, j];
            }
        }

        return result;
    }

    // Rodrigues' rotation about v.
    private static double[,] RotateHue(double radians)
    {
        (double sin, double cos) = Math.SinCos(radians);
        double s = sin / Math.Sqrt(3);
        double[,] result = LumaTimes(1, cos);
        double[,] cross = { { 0, -s, s }, { s, 0, -s }, { -s, s, 0 } };
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                result[i, j] += cross[i, j];
            }
        }

        return result;
    }
}
