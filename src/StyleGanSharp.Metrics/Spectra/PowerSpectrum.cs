using StyleGanSharp.Networks.Ops.Filters;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Metrics.Spectra;

/// <summary>
/// The average power spectrum of images, which shows what a generator adds or lacks at each frequency: peaks of aliasing, missing
/// details, a preferred direction. Source: Karras et al., "Alias-Free Generative Adversarial Networks" (2021), section 4.3 and
/// figure 6.
/// </summary>
/// <remarks>
/// Images are normalised by the mean and the deviation of the <b>real</b> images, also the generated ones: spectra are compared,
/// so they must have one scale. A window takes away the edges of the image, which would be a cross in the spectrum; zeros after
/// it interpolate between the frequencies.
/// </remarks>
public sealed class PowerSpectrum : IDisposable
{
    /// <summary>The window of the field's protocol.</summary>
    public const double DefaultBeta = 8;

    /// <summary>The interpolation of the field's protocol.</summary>
    public const int DefaultInterpolation = 4;

    private static readonly Operator Transform = new("aten::fft_rfft2");

    private readonly int size;
    private readonly double mean;
    private readonly double deviation;
    private readonly Tensor window;
    private readonly Tensor sum;
    private long planes;

    /// <summary>Starts with nothing.</summary>
    /// <param name="size">Height and width of the images in pixels, at least 1.</param>
    /// <param name="mean">Of the pixel values of the real images (<see cref="PixelMoments"/>).</param>
    /// <param name="deviation">Their standard deviation, above 0.</param>
    /// <param name="beta">Form of the Kaiser window: 0 is no window, larger ones fade towards the edges; 0 to 100.</param>
    /// <param name="interpolation">Frequencies for each one that the image has by itself, 1 to 16.</param>
    public PowerSpectrum(
        int size, double mean, double deviation, double beta = DefaultBeta, int interpolation = DefaultInterpolation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(deviation);
        ArgumentOutOfRangeException.ThrowIfNegative(beta);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(beta, 100);
        ArgumentOutOfRangeException.ThrowIfLessThan(interpolation, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(interpolation, 16);
        if (!double.IsFinite(mean) || !double.IsFinite(deviation))
        {
            throw new ArgumentOutOfRangeException(nameof(mean), mean, "Mean and deviation of the pixel values must be finite.");
        }

        (this.size, this.mean, this.deviation) = (size, mean, deviation);
        Side = checked(size * interpolation);
        using var scope = new TensorScope();
        window = Kaiser(size, beta).Own();
        sum = Tensor.Zeros([Side, (Side / 2) + 1], DType.Float64).Own();
    }

    /// <summary>Rows and columns of the spectrum: S, the size of the images times the interpolation.</summary>
    public int Side { get; }

    /// <summary>Adds images.</summary>
    /// <param name="images">[N, C, size, size] uint8 or floating point, of the range that the mean is of.</param>
    /// <exception cref="ShapeException">Images of another size.</exception>
    /// <exception cref="MetricException">The images hold values that are not finite numbers.</exception>
    public void Add(Tensor images)
    {
        Shape.Require(images, [null, null, size, size]);
        using GradMode mode = GradMode.Off();
        long count = images.Size(0) * images.Size(1);
        using var scope = new TensorScope();
        Tensor all = images.Reshape(count, size, size);
        for (int plane = 0; plane < count; plane++)
        {
            // One at a time: a transform is interpolation² times as large.
            using var step = new TensorScope();
            Tensor x = all.Select(0, plane).To(Device.Cpu).To(DType.Float64);
            FiniteFeatures.Require(x);
            Tensor windowed = (x - mean) / deviation * window;
            sum.AddInPlace(Transform.Call(windowed, new long[] { Side, Side }).Abs().Square());
        }

        planes += count;
    }

    /// <summary>The mean over all images and channels.</summary>
    /// <returns>
    /// [S, S] float64: power by vertical and horizontal frequency, k / S cycles a pixel, zero first and negative ones in the
    /// upper half.
    /// </returns>
    /// <exception cref="InvalidOperationException">There are no images.</exception>
    public Tensor Finish()
    {
        if (planes == 0)
        {
            throw new InvalidOperationException("There are no images to take a spectrum of.");
        }

        // Only half of the columns was summed: real images have the same power at opposite frequencies.
        using var scope = new TensorScope();
        Tensor half = sum / planes;
        Tensor opposite = half.Slice(1, 1, (Side + 1) / 2).Flip(0, 1); // rows S - 1 to 0, of which 0 belongs to the front
        Tensor rows = Tensor.Cat([opposite.Slice(0, Side - 1), opposite.Slice(0, 0, Side - 1)], 0);
        return scope.Keep(Tensor.Cat([half, rows], 1));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        window.Dispose();
        sum.Dispose();
    }

    // Kaiser, "Nonrecursive Digital Filter Design Using the I0-sinh Window Function" (1974), along both axes, scaled so that
    // white noise of deviation 1 has power 1 everywhere.
    private static Tensor Kaiser(int size, double beta)
    {
        var taps = new double[size];
        for (int i = 0; i < size; i++)
        {
            double place = size == 1 ? 0 : (2.0 * i / (size - 1)) - 1;
            taps[i] = Bessel.I0(beta * Math.Sqrt(Math.Max(0, 1 - (place * place))));
        }

        double scale = 1 / Math.Sqrt(taps.Sum(t => t * t));
        Tensor line = Tensor.From(Array.ConvertAll(taps, t => t * scale), [1, size]);
        return line.Transpose(0, 1) * line;
    }
}
