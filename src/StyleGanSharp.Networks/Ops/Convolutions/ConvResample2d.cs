using StyleGanSharp.Networks.Ops.Filters;
using StyleGanSharp.Networks.Ops.UpFirDn;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Ops.Convolutions;

/// <summary>Convolution with built-in up- or downsampling. Source: Karras et al. (2020), appendix B.</summary>
public static class ConvResample2d
{
    /// <summary>Resamples and convolves, in the cheapest of the equivalent orders.</summary>
    /// <param name="x">[N, Cin, H, W], floating point.</param>
    /// <param name="weight">[Cout, Cin/groups, Kh, Kw], dtype of <paramref name="x"/>.</param>
    /// <param name="filter">
    /// Prepared resampling filter (<see cref="ResampleFilter.Setup(Tensor?, bool, bool, double, bool?)"/>); null: none.
    /// </param>
    /// <param name="up">Upsampling factor of both axes.</param>
    /// <param name="down">Downsampling factor of both axes.</param>
    /// <param name="padding">With respect to the upsampled image.</param>
    /// <param name="groups">Independent groups of channels.</param>
    /// <param name="flipWeight">True: correlate, as libtorch's convolution does. False: convolve.</param>
    /// <param name="flipFilter">The same choice for the resampling filter.</param>
    /// <param name="precision">Of the convolution, forward and backward, where a faster form is known.</param>
    /// <returns>[N, Cout, H', W'].</returns>
    public static Tensor Apply(
        Tensor x, Tensor weight, Tensor? filter = null, int up = 1, int down = 1, Padding padding = default, int groups = 1,
        bool flipWeight = true, bool flipFilter = false, Precision precision = Precision.Float32)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        using var scope = new TensorScope();
        int kernelWidth = (int)weight.Size(3), kernelHeight = (int)weight.Size(2);
        Padding total = WithResampling(padding, filter, up, down);

        if (up > 1)
        {
            return scope.Keep(Up(x, weight, filter, up, down, total, groups, flipWeight, flipFilter, precision));
        }

        if (down > 1)
        {
            // Filter first, then compute only the outputs that stay. A 1x1 kernel sees single samples: decimate before it.
            bool pointwise = kernelWidth == 1 && kernelHeight == 1;
            x = UpFirDn2d.Apply(x, filter, (1, 1), pointwise ? (down, down) : (1, 1), total, flipFilter);
            return scope.Keep(Convolve(x, weight, pointwise ? 1 : down, default, groups, flipWeight, precision));
        }

        return scope.Keep(Convolve(x, weight, 1, total, groups, flipWeight, precision));
    }

    /// <summary>
    /// The definition: upsample and filter, convolve, filter and downsample. The reference that <see cref="Apply"/> is tested
    /// against.
    /// </summary>
    /// <inheritdoc cref="Apply"/>
    public static Tensor Reference(
        Tensor x, Tensor weight, Tensor? filter = null, int up = 1, int down = 1, Padding padding = default, int groups = 1,
        bool flipWeight = true, bool flipFilter = false)
    {
        using var scope = new TensorScope();
        Padding total = WithResampling(padding, filter, up, down);
        x = UpFirDn2d.Apply(x, up > 1 ? filter : null, (up, up), (1, 1), total, flipFilter, up * up);
        x = Convolve(x, weight, 1, default, groups, flipWeight);
        return scope.Keep(down > 1 ? UpFirDn2d.Apply(x, filter, (1, 1), (down, down), default, flipFilter) : x);
    }

    // The whole padding is spent at the start: what centres the resampling filters is added to that of the convolution.
    private static Padding WithResampling(Padding padding, Tensor? filter, int up, int down)
    {
        (int X, int Y) taps = UpFirDn2d.SizeOf(filter);
        padding = up > 1 ? padding + Padding.ForUpsampling(taps, (up, up)) : padding;
        return down > 1 ? padding + Padding.ForDownsampling(taps, (down, down)) : padding;
    }

    private static Tensor Up(
        Tensor x, Tensor weight, Tensor? filter, int up, int down, Padding total, int groups, bool flipWeight, bool flipFilter,
        Precision precision)
    {
        int kernelWidth = (int)weight.Size(3), kernelHeight = (int)weight.Size(2);
        if (kernelWidth == 1 && kernelHeight == 1)
        {
            // A 1x1 kernel commutes with the filter: convolve while the image is small.
            x = Convolve(x, weight, 1, default, groups, flipWeight, precision);
            x = UpFirDn2d.Apply(x, filter, (up, up), (1, 1), total, flipFilter, up * up);
        }
        else
        {
            // Zero insertion followed by a full convolution is a transposed convolution, which skips the zeros. It yields K-1
            // samples more on the left, and K-1 more on the right less the up-1 zeros it does not write; the filter's padding
            // makes up for both.
            var rest = new Padding(
                total.X0 - (kernelWidth - 1), total.X1 - (kernelWidth - up), total.Y0 - (kernelHeight - 1), total.Y1 - (
                    kernelHeight - up));
            int cropX = Math.Max(Math.Min(-rest.X0, -rest.X1), 0), cropY = Math.Max(Math.Min(-rest.Y0, -rest.Y1), 0);
            Tensor transposed = Transposed(weight, groups, flipWeight);
            x = groups == 1
                ? PlainConvolution.Transposed(x, transposed, up, cropY, cropX, precision)
                : Functional.ConvTranspose2d(x, transposed, (up, up), (cropY, cropX), groups);
            x = UpFirDn2d.Apply(x, filter, (1, 1), (1, 1), rest + new Padding(cropX, cropX, cropY, cropY), flipFilter, up * up);
        }

        return down > 1 ? UpFirDn2d.Apply(x, filter, (1, 1), (down, down), default, flipFilter) : x;
    }

    // [Cout, Cin/g, K, K] to [Cin, Cout/g, K, K]. A transposed correlation is a convolution: correlating weights are flipped.
    private static Tensor Transposed(Tensor weight, int groups, bool flipWeight)
    {
        long cout = weight.Size(0), cin = weight.Size(1), h = weight.Size(2), w = weight.Size(3);
        Tensor transposed = groups == 1
            ? weight.Transpose(0, 1)
            : weight.Reshape(groups, cout / groups, cin, h, w).Transpose(1, 2).Reshape(groups * cin, cout / groups, h, w);
        return flipWeight ? transposed.Flip(2, 3) : transposed;
    }

    private static Tensor Convolve(
        Tensor x, Tensor weight, int stride, Padding padding, int groups, bool flipWeight,
        Precision precision = Precision.Float32)
    {
        if (!flipWeight && weight.Size(2) * weight.Size(3) > 1)
        {
            weight = weight.Flip(2, 3);
        }

        bool symmetric = padding.X0 == padding.X1 && padding.Y0 == padding.Y1 && padding.X0 >= 0 && padding.Y0 >= 0;
        if (!symmetric)
        {
            x = x.Pad([padding.X0, padding.X1, padding.Y0, padding.Y1]);
            padding = default;
        }

        return groups == 1
            ? PlainConvolution.Apply(x, weight, stride, padding.Y0, padding.X0, precision)
            : Functional.Conv2d(x, weight, null, (stride, stride), (padding.Y0, padding.X0), groups);
    }
}
