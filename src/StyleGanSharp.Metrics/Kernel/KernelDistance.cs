using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Metrics.Kernel;

/// <summary>
/// The kernel inception distance: the squared maximum mean discrepancy of two sets of features under the kernel
/// k(x, y) = (xᵀy / F + 1)³, by the unbiased estimator, averaged over random subsets. Unlike the Fréchet distance it does not
/// depend on the number of images, so it suits small data sets; around zero it may be negative. Source: Bińkowski et al.,
/// "Demystifying MMD GANs" (2018), section 3 (the kernel) and equation 4 (the estimator).
/// </summary>
/// <param name="Mean">The estimate: the mean over the subsets.</param>
/// <param name="StandardDeviation">Over the subsets (population): the spread of one subset, not the error of the mean.</param>
/// <param name="Subsets">Number of subsets.</param>
/// <param name="SubsetSize">Rows of each set in one subset.</param>
public sealed record KernelDistance(double Mean, double StandardDeviation, int Subsets, int SubsetSize)
{
    /// <summary>The number of subsets that the field's protocol has.</summary>
    public const int DefaultSubsets = 100;

    /// <summary>The largest subset of the field's protocol.</summary>
    public const int DefaultSubsetSize = 1000;

    /// <summary>
    /// Draws subsets and computes it. A subset has as many rows of each set, without replacement: those of the generated images
    /// are drawn first.
    /// </summary>
    /// <param name="real">Features of real images, [N, F] floating point, N at least 2.</param>
    /// <param name="generated">Features of generated images, [M, F] floating point on the same device, M at least 2.</param>
    /// <param name="random">Draws the rows.</param>
    /// <param name="subsets">How many, at least 1.</param>
    /// <param name="subsetSize">Largest number of rows, at least 2; smaller sets are used whole.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="ShapeException">The numbers of features differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are too few rows or subsets.</exception>
    /// <exception cref="MetricException">Features are not finite numbers.</exception>
    public static KernelDistance Between(
        Tensor real, Tensor generated, NumpyRandom random, int subsets = DefaultSubsets, int subsetSize = DefaultSubsetSize,
        CancellationToken cancel = default)
    {
        RequireSets(real, generated);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(subsets, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(subsetSize, 2);
        (int reals, int fakes) = (checked((int)real.Size(0)), checked((int)generated.Size(0)));
        int size = Math.Min(subsetSize, Math.Min(reals, fakes));
        return Average(real, generated, size, Draw(), cancel);

        IEnumerable<(long[] Real, long[] Generated)> Draw()
        {
            for (int i = 0; i < subsets; i++)
            {
                long[] generatedRows = random.Choice(fakes, size);
                yield return (random.Choice(reals, size), generatedRows);
            }
        }
    }

    /// <summary>Computes it for given subsets.</summary>
    /// <param name="real">Features of real images, [N, F] floating point, N at least 2.</param>
    /// <param name="generated">Features of generated images, [M, F] floating point on the same device, M at least 2.</param>
    /// <param name="realRows">[subsets, size] int64: row numbers, distinct within a subset; size at least 2.</param>
    /// <param name="generatedRows">[subsets, size] int64, likewise.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="ShapeException">Features or subsets do not fit each other.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are too few rows or subsets, or no such row.</exception>
    /// <exception cref="MetricException">Features are not finite numbers.</exception>
    public static KernelDistance Between(
        Tensor real, Tensor generated, Tensor realRows, Tensor generatedRows, CancellationToken cancel = default)
    {
        RequireSets(real, generated);
        Shape.Require(realRows, [null, null]);
        Shape.Require(generatedRows, [realRows.Size(0), realRows.Size(1)]);
        ArgumentOutOfRangeException.ThrowIfLessThan(realRows.Size(0), 1, nameof(realRows));
        ArgumentOutOfRangeException.ThrowIfLessThan(realRows.Size(1), 2, nameof(realRows));
        int size = checked((int)realRows.Size(1));
        long[] reals = Rows(realRows, real.Size(0), nameof(realRows));
        long[] fakes = Rows(generatedRows, generated.Size(0), nameof(generatedRows));
        return Average(real, generated, size, reals.Chunk(size).Zip(fakes.Chunk(size)), cancel);
    }

    private static void RequireSets(Tensor real, Tensor generated)
    {
        Shape.Require(real, [null, null]);
        Shape.Require(generated, [null, real.Size(1)]);
        ArgumentOutOfRangeException.ThrowIfLessThan(real.Size(0), 2, nameof(real));
        ArgumentOutOfRangeException.ThrowIfLessThan(generated.Size(0), 2, nameof(generated));
        FiniteFeatures.Require(real, generated);
    }

    private static long[] Rows(Tensor rows, long count, string name)
    {
        long[] numbers = rows.ToArray<long>();
        foreach (long number in numbers)
        {
            if (number < 0 || number >= count)
            {
                throw new ArgumentOutOfRangeException(name, number, $"Rows are numbered from 0 to {count - 1}.");
            }
        }

        return numbers;
    }

    private static KernelDistance Average(
        Tensor real, Tensor generated, int size, IEnumerable<(long[] Real, long[] Generated)> subsets, CancellationToken cancel)
    {
        using GradMode mode = GradMode.Off();
        var distances = new List<double>();
        foreach ((long[] realRows, long[] generatedRows) in subsets)
        {
            cancel.ThrowIfCancellationRequested();
            using var scope = new TensorScope();
            distances.Add(Unbiased(Subset(real, realRows), Subset(generated, generatedRows)));
        }

        double mean = distances.Average();
        return new KernelDistance(mean, Math.Sqrt(distances.Average(d => (d - mean) * (d - mean))), distances.Count, size);
    }

    private static Tensor Subset(Tensor features, long[] rows) =>
        features.IndexSelect(0, Tensor.From(rows, [rows.Length]).To(features.Device)).To(DType.Float64);

    // Equation 4 of the paper, with as many rows m on both sides: pairs of a row with itself are left out of the first two terms.
    private static double Unbiased(Tensor x, Tensor y)
    {
        double m = x.Size(0);
        double within = OffDiagonal(Kernel(x, x)) + OffDiagonal(Kernel(y, y));
        return (within / (m * (m - 1))) - (2 * Kernel(x, y).Mean().Item());
    }

    private static Tensor Kernel(Tensor x, Tensor y)
    {
        Tensor linear = (x.MatMul(y.Transpose(0, 1)) / x.Size(1)) + 1;
        return linear * linear * linear;
    }

    private static double OffDiagonal(Tensor kernel) =>
        kernel.Sum().Item() - kernel.AsStrided([kernel.Size(0)], [kernel.Size(0) + 1]).Sum().Item();
}
