using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Networks.Ops.Cuda;
using StyleGanSharp.Networks.Ops.Filters;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Ops.UpFirDn;

/// <summary>
/// Pad, upsample, filter, downsample: the one resampling operator of the family. Source: Karras et al., "Analyzing and Improving
/// the Image Quality of StyleGAN" (2020), appendix B, and "Alias-Free GANs" (2021), appendix.
/// </summary>
public static class UpFirDn2d
{
    /// <summary>
    /// Inserts zeros after each sample, pads or crops, convolves with a FIR filter, keeps every n-th sample from the first.
    /// </summary>
    /// <param name="x">[N, C, H, W], floating point.</param>
    /// <param name="filter">[Ty, Tx], or [T] for a separable one applied along both axes; null: none.</param>
    /// <param name="up">Upsampling factors.</param>
    /// <param name="down">Downsampling factors.</param>
    /// <param name="padding">In samples of the upsampled image; negative amounts crop.</param>
    /// <param name="flipFilter">Correlate instead of convolving.</param>
    /// <param name="gain">Total factor; a separable filter takes its square root in each pass.</param>
    /// <returns>[N, C, (H·up + padding - Ty)/down + 1, (W·up + padding - Tx)/down + 1], dtype of <paramref name="x"/>.</returns>
    /// <exception cref="ShapeException"><paramref name="x"/> is no batch of images, or smaller than the filter.</exception>
    public static Tensor Apply(
        Tensor x, Tensor? filter, (int X, int Y) up, (int X, int Y) down, Padding padding, bool flipFilter = false,
        double gain = 1)
    {
        Shape.Require(x, [null, null, null, null]);
        RequireFits(x, filter, up, padding);
        if (CudaUpFirDn2d.Accepts(x, filter))
        {
            return CudaUpFirDn2d.Apply(x, filter, up, down, padding, flipFilter, gain);
        }

        return filter is not null && UpFirDnKernel.Accepts(x) && filter.DType == DType.Float32
            && SeparatedTaps.Of(filter) is float[] taps
            ? Separable(x, taps, up, down, padding, flipFilter, gain)
            : Reference(x, filter, up, down, padding, flipFilter, gain);
    }

    /// <summary>The definition, step by step: what <see cref="Apply"/> is tested against.</summary>
    /// <inheritdoc cref="Apply"/>
    public static Tensor Reference(
        Tensor x, Tensor? filter, (int X, int Y) up, (int X, int Y) down, Padding padding, bool flipFilter = false,
        double gain = 1)
    {
        Shape.Require(x, [null, null, null, null]);
        RequireFits(x, filter, up, padding);
        using var scope = new TensorScope();
        Tensor input = x;

        x = InsertZeros(x, up);
        if (padding != default)
        {
            x = x.Pad([padding.X0, padding.X1, padding.Y0, padding.Y1]);
        }

        x = Convolve(x, filter, flipFilter, gain);
        if (down.Y != 1)
        {
            x = x.Slice(2, 0, step: down.Y);
        }

        if (down.X != 1)
        {
            x = x.Slice(3, 0, step: down.X);
        }

        return scope.Keep(ReferenceEquals(x, input) ? x.Alias() : x);
    }

    /// <summary>
    /// Upsampling by a whole factor that keeps the signal's amplitude: [N, C, H, W] to [N, C, H·up, W·up] plus padding.
    /// </summary>
    /// <inheritdoc cref="Apply"/>
    public static Tensor Upsample(
        Tensor x, Tensor? filter, (int X, int Y) up, Padding padding = default, bool flipFilter = false, double gain = 1)
    {
        Padding centred = Padding.ForUpsampling(SizeOf(filter), up);
        return Apply(x, filter, up, (1, 1), padding + centred, flipFilter, gain * up.X * up.Y);
    }

    /// <summary>Downsampling by a whole factor: [N, C, H, W] to [N, C, H/down, W/down] plus padding.</summary>
    /// <inheritdoc cref="Apply"/>
    public static Tensor Downsample(
        Tensor x, Tensor? filter, (int X, int Y) down, Padding padding = default, bool flipFilter = false, double gain = 1)
    {
        Padding centred = Padding.ForDownsampling(SizeOf(filter), down);
        return Apply(x, filter, (1, 1), down, padding + centred, flipFilter, gain);
    }

    /// <summary>Filtering that keeps the size.</summary>
    /// <inheritdoc cref="Apply"/>
    public static Tensor Filter(Tensor x, Tensor? filter, Padding padding = default, bool flipFilter = false, double gain = 1)
    {
        (int width, int height) = SizeOf(filter);
        var centred = new Padding(width / 2, (width - 1) / 2, height / 2, (height - 1) / 2);
        return Apply(x, filter, (1, 1), (1, 1), padding + centred, flipFilter, gain);
    }

    /// <summary>Taps along x and y; an absent filter has one.</summary>
    internal static (int X, int Y) SizeOf(Tensor? filter) =>
        filter is null ? (1, 1) : ((int)filter.Size(-1), (int)filter.Size(0));

    private static Tensor Separable(
        Tensor x, float[] taps, (int X, int Y) up, (int X, int Y) down, Padding padding, bool flipFilter, double gain)
    {
        // Each of the two passes takes the square root of the gain. A true convolution turns the filter around.
        double factor = Math.Sqrt(gain);
        float[] scaled = Array.ConvertAll(taps, tap => (float)(tap * factor));
        if (!flipFilter)
        {
            Array.Reverse(scaled);
        }

        ResampleAxis across = Axis(x.Size(3), up.X, down.X, padding.X0, padding.X1);
        ResampleAxis along = Axis(x.Size(2), up.Y, down.Y, padding.Y0, padding.Y1);
        return UpFirDnFunction.Apply(x, across, along);

        ResampleAxis Axis(long length, int insert, int step, int before, int after)
        {
            long padded = (length * insert) + before + after;
            return new ResampleAxis(scaled, insert, step, before, (int)length, (int)((padded - taps.Length) / step) + 1);
        }
    }

    // Also without a filter: cropping, explicit or of a factor larger than the image, may leave nothing.
    private static void RequireFits(Tensor x, Tensor? filter, (int X, int Y) up, Padding padding)
    {
        (int X, int Y) taps = SizeOf(filter);
        long width = (x.Size(3) * up.X) + padding.X0 + padding.X1, height = (x.Size(2) * up.Y) + padding.Y0 + padding.Y1;
        if (width < taps.X || height < taps.Y)
        {
            throw new ShapeException(
                $"the padded image is {width}x{height}, smaller than the filter of {taps.X}x{taps.Y} taps", nameof(x));
        }
    }

    private static Tensor InsertZeros(Tensor x, (int X, int Y) up)
    {
        if (up == (1, 1))
        {
            return x;
        }

        long n = x.Size(0), c = x.Size(1), h = x.Size(2), w = x.Size(3);
        return x.Reshape(n, c, h, 1, w, 1)
            .Pad([0, up.X - 1, 0, 0, 0, up.Y - 1]) // [N, C, H, upY, W, upX]
            .Reshape(n, c, h * up.Y, w * up.X);
    }

    private static Tensor Convolve(Tensor x, Tensor? filter, bool flipFilter, double gain)
    {
        if (filter is null)
        {
            return gain == 1 ? x : x * gain;
        }

        // Libtorch's convolution is a correlation: a true convolution flips the filter.
        Tensor f = (filter * Math.Pow(gain, filter.Dim / 2.0)).To(x.DType);
        f = flipFilter ? f : f.Dim == 1 ? f.Flip(0) : f.Flip(0, 1);
        if (f.Dim == 2)
        {
            return Depthwise(x, f);
        }

        return Depthwise(Depthwise(x, f.Unsqueeze(0)), f.Unsqueeze(1));
    }

    // Every channel with the same filter [Ty, Tx].
    private static Tensor Depthwise(Tensor x, Tensor f)
    {
        long channels = x.Size(1);
        return Functional.Conv2d(x, f.Expand(channels, 1, f.Size(0), f.Size(1)), groups: channels);
    }
}
