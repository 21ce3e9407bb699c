using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Wasserstein;

/// <summary>
/// The Laplacian pyramid: an image as its details at each resolution and what is left at the smallest one. Source: Burt and
/// Adelson, "The Laplacian Pyramid as a Compact Image Code" (1983), with the filter [1 4 6 4 1] / 16 along both axes and mirrored
/// borders.
/// </summary>
public static class LaplacianPyramid
{
    /// <summary>The smallest level of the sliced Wasserstein distance.</summary>
    public const int DefaultSmallest = 16;

    private const int Reach = 2;

    private static readonly double[] Taps = [1.0 / 16, 4.0 / 16, 6.0 / 16, 4.0 / 16, 1.0 / 16];

    private static readonly Operator Mirror = new("aten::reflection_pad2d");

    /// <summary>Takes images apart.</summary>
    /// <param name="images">[N, C, H, W] floating point.</param>
    /// <param name="smallest">
    /// Levels end before the shorter side would be less than this, at least 3: mirroring needs that many pixels.
    /// </param>
    /// <returns>The finest level, as large as the images, first; each further one has half the height and width.</returns>
    /// <exception cref="ShapeException">A level has an odd side, or the images are smaller than the smallest level.</exception>
    public static Tensor[] Of(Tensor images, int smallest = DefaultSmallest)
    {
        int levels = Sizes(images, smallest).Count;
        using var scope = new TensorScope();
        var pyramid = new Tensor[levels];
        Tensor rest = images;
        for (int level = 0; level < levels - 1; level++)
        {
            Tensor next = Down(rest);
            pyramid[level] = rest - Up(next);
            rest = next;
        }

        pyramid[^1] = rest.Alias();
        return scope.Keep(pyramid);
    }

    /// <summary>Height and width of every level, the finest first.</summary>
    /// <inheritdoc cref="Of"/>
    public static IReadOnlyList<(int Height, int Width)> Sizes(Tensor images, int smallest = DefaultSmallest)
    {
        Shape.Require(images, [null, null, null, null]);
        ArgumentOutOfRangeException.ThrowIfLessThan(smallest, Reach + 1);
        (int height, int width) = ((int)images.Size(2), (int)images.Size(3));
        if (Math.Min(height, width) < smallest)
        {
            throw new ShapeException(
                $"images of {height} x {width} pixels are smaller than the smallest level, {smallest}", nameof(images));
        }

        var sizes = new List<(int, int)> { (height, width) };
        while (Math.Min(height, width) / 2 >= smallest)
        {
            if (height % 2 != 0 || width % 2 != 0)
            {
                throw new ShapeException(
                    $"a level of {height} x {width} pixels cannot be halved on the way down to {smallest}: sides must be even",
                    nameof(images));
            }

            (height, width) = (height / 2, width / 2);
            sizes.Add((height, width));
        }

        return sizes;
    }

    /// <summary>Filters and keeps every second row and column.</summary>
    /// <param name="x">[N, C, H, W] floating point; sides even, at least 4.</param>
    /// <returns>[N, C, H / 2, W / 2].</returns>
    public static Tensor Down(Tensor x)
    {
        Shape.Require(x, [null, null, null, null]);
        using var scope = new TensorScope();
        return scope.Keep(Filter(x, gain: 1, stride: 2));
    }

    /// <summary>Puts a zero row and column after each one and filters; the gain of 4 makes up for the zeros.</summary>
    /// <param name="x">[N, C, H, W] floating point; sides at least 2.</param>
    /// <returns>[N, C, 2H, 2W].</returns>
    public static Tensor Up(Tensor x)
    {
        Shape.Require(x, [null, null, null, null]);
        using var scope = new TensorScope();
        (long n, long c, long h, long w) = (x.Size(0), x.Size(1), x.Size(2), x.Size(3));
        Tensor sparse = x.Reshape(n, c, h, 1, w, 1).Pad([0, 1, 0, 0, 0, 1]).Reshape(n, c, 2 * h, 2 * w);
        return scope.Keep(Filter(sparse, gain: 4, stride: 1));
    }

    private static Tensor Filter(Tensor x, double gain, long stride)
    {
        (long n, long c, long h, long w) = (x.Size(0), x.Size(1), x.Size(2), x.Size(3));
        Tensor column = Tensor.From(Taps, [Taps.Length, 1]);
        Tensor taps = (column.MatMul(column.Transpose(0, 1)) * gain).To(x.DType).To(x.Device).Unsqueeze(0).Unsqueeze(0);
        Tensor mirrored = Mirror.Call(x.Reshape(n * c, 1, h, w), new long[] { Reach, Reach, Reach, Reach });
        Tensor y = Functional.Conv2d(mirrored, taps, stride: (stride, stride));
        return y.Reshape(n, c, y.Size(2), y.Size(3));
    }
}
