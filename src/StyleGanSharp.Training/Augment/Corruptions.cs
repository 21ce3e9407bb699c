using StyleGanSharp.Torch;

namespace StyleGanSharp.Training.Augment;

/// <summary>
/// Noise and cutout. Source: Karras et al., "Training Generative Adversarial Networks with Limited Data" (2020), appendix B,
/// transforms 15 and 16.
/// </summary>
internal static class Corruptions
{
    /// <summary>Adds white noise, of another strength for every image.</summary>
    internal static Tensor AddNoise(Tensor images, AugmentOptions options, BatchDraws draws)
    {
        using var scope = new TensorScope();
        var sigmas = new double[draws.Count];
        draws.Normal("noise_sigma", options.Noise, (i, n) => sigmas[i] = Math.Abs(n) * options.NoiseStd);

        // Drawn whether it is needed or not: what comes after does not depend on the gates.
        Tensor field = draws.Field("noise/image", images.Shape);
        if (Array.TrueForAll(sigmas, sigma => sigma == 0))
        {
            return scope.Keep(images.Alias());
        }

        Tensor sigma = Tensor.From(sigmas, [sigmas.Length, 1, 1, 1]).To(images.DType).To(images.Device);
        return scope.Keep(images.Addcmul(field.To(images.DType).To(images.Device), sigma));
    }

    /// <summary>Sets a square of the image to zero.</summary>
    internal static Tensor CutOut(Tensor images, AugmentOptions options, BatchDraws draws)
    {
        bool[] open = draws.Gate("cutout", options.Cutout);
        float[] centres = draws.Values("cutout/center", 2);
        if (!open.Contains(true))
        {
            return images.Alias();
        }

        using var scope = new TensorScope();
        (int height, int width) = ((int)images.Size(2), (int)images.Size(3));
        var mask = new float[open.Length * height * width];
        Array.Fill(mask, 1);
        for (int i = 0; i < open.Length; i++)
        {
            if (open[i])
            {
                (int left, int right) = Cut(centres[2 * i], options.CutoutSize, width);
                (int top, int bottom) = Cut(centres[(2 * i) + 1], options.CutoutSize, height);
                for (int y = top; y < bottom; y++)
                {
                    mask.AsSpan((((i * height) + y) * width) + left, right - left).Clear();
                }
            }
        }

        return scope.Keep(images * Tensor.From(mask, [open.Length, 1, height, width]).To(images.DType).To(images.Device));
    }

    // The pixels whose middle lies within half the size of the centre.
    private static (int Start, int End) Cut(float centre, double size, int pixels)
    {
        int start = 0, end = pixels;
        while (start < pixels && !Inside(start))
        {
            start++;
        }

        while (end > start && !Inside(end - 1))
        {
            end--;
        }

        return (start, end);

        bool Inside(int pixel) => Math.Abs(((pixel + 0.5) / pixels) - centre) < size / 2;
    }
}
