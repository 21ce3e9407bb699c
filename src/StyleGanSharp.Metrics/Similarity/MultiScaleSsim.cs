using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Metrics.Similarity;

/// <summary>
/// The multi-scale structural similarity of two images: contrast and structure at five resolutions and luminance at the smallest
/// one, each to the power of its weight. Over random pairs of one generator it measures missing variety: it is high where the
/// images are all alike. Source: Wang et al., "Multi-Scale Structural Similarity for Image Quality Assessment" (2003), equations
/// 4 to 7 with the weights of section 3.2; its use: Odena et al., "Conditional Image Synthesis with Auxiliary Classifier GANs"
/// (2017), section 4.2.
/// </summary>
public static class MultiScaleSsim
{
    /// <summary>The smallest side of an image: it is halved four times.</summary>
    public const int SmallestSide = 16;

    private const int WindowSize = 11;
    private const double WindowSigma = 1.5;
    private const double Range = 255;
    private const double LuminanceFloor = 0.01 * Range * (0.01 * Range);
    private const double ContrastFloor = 0.03 * Range * (0.03 * Range);

    private static readonly double[] Weights = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333];

    private static readonly Operator AveragePool = new("aten::avg_pool2d");
    private static readonly Operator AddScaled = new("aten::add_", "Tensor");

    /// <summary>
    /// Compares images pair by pair, in float64. Channels are compared by themselves and averaged at each scale.
    /// </summary>
    /// <param name="a">[N, C, H, W] uint8 or floating point, 0 to 255; sides at least 16.</param>
    /// <param name="b">As many images of the same size, on the same device.</param>
    /// <returns>
    /// N numbers from 0 to 1; 1 for equal images. Terms below zero (patterns that are each other's negative) count as 0.
    /// </returns>
    /// <exception cref="ShapeException">The images are not alike in size, or too small.</exception>
    /// <exception cref="MetricException">The images hold values that are not finite numbers.</exception>
    public static double[] Between(Tensor a, Tensor b)
    {
        Shape.Require(a, [null, null, null, null]);
        Shape.Require(b, [a.Size(0), a.Size(1), a.Size(2), a.Size(3)]);
        if (Math.Min(a.Size(2), a.Size(3)) < SmallestSide)
        {
            throw new ShapeException(
                $"images of {a.Size(2)} x {a.Size(3)} pixels are too small for five scales; "
                    + $"their sides must be at least {SmallestSide}",
                nameof(a));
        }

        var results = new double[a.Size(0)];
        using GradMode mode = GradMode.Off();
        for (int n = 0; n < results.Length; n++)
        {
            using var scope = new TensorScope();
            results[n] = BetweenTwo(Planes(a, n), Planes(b, n));
        }

        return results;
    }

    // One image as a batch of its channels.
    private static Tensor Planes(Tensor images, int n)
    {
        Tensor planes = images.Select(0, n).Unsqueeze(1).To(DType.Float64); // [C, 1, H, W]
        FiniteFeatures.Require(planes);
        return planes;
    }

    private static double BetweenTwo(Tensor x, Tensor y)
    {
        double similarity = 1;
        for (int scale = 0; scale < Weights.Length; scale++)
        {
            (double luminanceAndContrast, double contrast) = Terms(x, y);
            bool last = scale == Weights.Length - 1;
            similarity *= Math.Pow(Math.Max(0, last ? luminanceAndContrast : contrast), Weights[scale]);
            if (!last)
            {
                (x, y) = (Halved(x), Halved(y));
            }
        }

        return similarity;
    }

    // Means over all places of the window inside the image: l · c · s, and c · s (contrast and structure in one).
    private static (double All, double Contrast) Terms(Tensor x, Tensor y)
    {
        double[] window = Window((int)Math.Min(WindowSize, Math.Min(x.Size(2), x.Size(3))));
        Tensor meanX = Blur(x, window), meanY = Blur(y, window);
        Tensor squares = meanX.Square() + meanY.Square(), product = meanX * meanY;
        Tensor variances = Blur(x.Square() + y.Square(), window) - squares, covariance = Blur(x * y, window) - product;
        Tensor contrast = ((covariance * 2) + ContrastFloor) / (variances + ContrastFloor);
        Tensor luminance = ((product * 2) + LuminanceFloor) / (squares + LuminanceFloor);
        return ((luminance * contrast).Mean().Item(), contrast.Mean().Item());
    }

    // A Gaussian; on images smaller than the window, a smaller one of the same form.
    private static double[] Window(int size)
    {
        double sigma = WindowSigma * size / WindowSize, middle = (size - 1) / 2.0;
        double[] window = [.. Enumerable.Range(0, size).Select(i => Math.Exp(-Math.Pow((i - middle) / sigma, 2) / 2))];
        double sum = window.Sum();
        return Array.ConvertAll(window, v => v / sum);
    }

    // Along both axes, only where the window lies inside the image. Sums of shifted images: libtorch has no fast convolution of
    // one channel in float64.
    private static Tensor Blur(Tensor x, double[] window)
    {
        for (int dim = 2; dim < 4; dim++)
        {
            using var scope = new TensorScope();
            long length = x.Size(dim) - window.Length + 1;
            Tensor sum = x.Slice(dim, 0, length) * window[0];
            for (int i = 1; i < window.Length; i++)
            {
                AddScaled.CallInPlace(sum, x.Slice(dim, i, i + length), window[i]);
            }

            x = scope.Keep(sum);
        }

        return x;
    }

    private static Tensor Halved(Tensor x) => AveragePool.Call(x, new long[] { 2, 2 });
}
