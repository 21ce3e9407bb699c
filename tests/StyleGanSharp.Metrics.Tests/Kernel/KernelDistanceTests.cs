using System.Text.Json;
using StyleGanSharp.Metrics.Kernel;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Tests.Kernel;

[WithTensorScope]
public sealed class KernelDistanceTests
{
    private const string Archive = "metrics/kid.npz";

    // Those of the golden files' README: relative to the float64 result, plus an absolute part for distances near zero.
    private const double RelativeTolerance = 1e-4;
    private const double AbsoluteTolerance = 1e-6;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Cases =>
        [.. GoldenFolder.List("metrics/kid.json", "cases").Select(c => c.GetProperty("case").GetString()!)];

    [GoldenTheory, MemberData(nameof(Cases))]
    public void Equals_the_golden_numbers(string name)
    {
        var golden = new GoldenTensors(Archive, name + "/");
        KernelDistance result = KernelDistance.Between(
            golden["real"], golden["gen"], golden["idx_real"], golden["idx_gen"], Cancel);
        double expected = golden["kid64"].Item();
        Assert.Equal(expected, result.Mean, (RelativeTolerance * Math.Abs(expected)) + AbsoluteTolerance);
        Assert.Equal(golden["idx_real"].Size(0), result.Subsets);
        Assert.Equal(golden["idx_real"].Size(1), result.SubsetSize);
    }

    [GoldenTheory, MemberData(nameof(Cases))]
    public void Draws_the_golden_subsets(string name)
    {
        JsonElement options = GoldenFolder.List("metrics/kid.json", "cases").Single(
            c => c.GetProperty("case").GetString() == name);
        var golden = new GoldenTensors(Archive, name + "/");
        KernelDistance drawn = KernelDistance.Between(
            golden["real"], golden["gen"], new NumpyRandom(options.GetProperty("numpy_seed").GetUInt32()),
            options.GetProperty("num_subsets").GetInt32(), options.GetProperty("max_subset_size").GetInt32(), Cancel);
        KernelDistance given = KernelDistance.Between(
            golden["real"], golden["gen"], golden["idx_real"], golden["idx_gen"], Cancel);
        Assert.Equal(given, drawn);
    }

    [Fact]
    public void Equals_the_sums_over_all_pairs()
    {
        using var random = new RandomGenerator(1);
        Tensor real = Tensor.RandN([7, 3], random), generated = (Tensor.RandN([7, 3], random) * 2) + 0.5;
        Tensor realRows = Tensor.From([0L, 2, 4, 6, 5, 3], [2, 3]), generatedRows = Tensor.From([1L, 2, 3, 6, 0, 5], [2, 3]);
        double[] expected = [Pairs([0, 2, 4], [1, 2, 3]), Pairs([6, 5, 3], [6, 0, 5])];
        KernelDistance result = KernelDistance.Between(real, generated, realRows, generatedRows, Cancel);
        Assert.Equal((expected[0] + expected[1]) / 2, result.Mean, 1e-12);
        Assert.Equal(Math.Abs(expected[0] - expected[1]) / 2, result.StandardDeviation, 1e-12);

        double Pairs(int[] x, int[] y)
        {
            double within = 0, between = 0;
            for (int i = 0; i < 3; i++)
            {
                for (int j = 0; j < 3; j++)
                {
                    within += i == j ? 0 : Kernel(real, x[i], real, x[j]) + Kernel(generated, y[i], generated, y[j]);
                    between += Kernel(real, x[i], generated, y[j]);
                }
            }

            return (within / 6) - (2 * between / 9);
        }

        static double Kernel(Tensor a, int i, Tensor b, int j)
        {
            float[] x = a.ToArray<float>(), y = b.ToArray<float>();
            double product = Enumerable.Range(0, 3).Sum(f => (double)x[(i * 3) + f] * y[(j * 3) + f]);
            return Math.Pow((product / 3) + 1, 3);
        }
    }

    [Fact]
    public void Sets_of_one_distribution_are_at_zero_on_average_and_others_are_not()
    {
        using var random = new RandomGenerator(2);
        Tensor a = Tensor.RandN([400, 8], random), b = Tensor.RandN([400, 8], random);
        KernelDistance same = KernelDistance.Between(a, b, new NumpyRandom(3), 40, 100, Cancel);
        KernelDistance other = KernelDistance.Between(a, b + 0.5, new NumpyRandom(3), 40, 100, Cancel);

        // The estimator has no bias, so about half of the estimates are below zero.
        Assert.True(Math.Abs(same.Mean) < same.StandardDeviation, $"{same}");
        Assert.True(other.Mean > 4 * other.StandardDeviation, $"{other}");
    }

    [Fact]
    public void Arguments_that_do_not_fit_are_refused()
    {
        Tensor a = Tensor.Zeros([4, 3]), rows = Tensor.From([0L, 1], [1, 2]);
        Assert.Throws<ShapeException>(() => KernelDistance.Between(a, Tensor.Zeros([4, 2]), new NumpyRandom(1), cancel: Cancel));
        Assert.Throws<ShapeException>(() => KernelDistance.Between(a, a, rows, Tensor.From([0L, 1, 2], [1, 3]), Cancel));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => KernelDistance.Between(a, Tensor.Zeros([1, 3]), new NumpyRandom(1), cancel: Cancel));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => KernelDistance.Between(a, a, rows, Tensor.From([0L, 4], [1, 2]), Cancel));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => KernelDistance.Between(a, a, Tensor.From([-1L, 0], [1, 2]), rows, Cancel));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => KernelDistance.Between(a, a, new NumpyRandom(1), subsetSize: 1, cancel: Cancel));
        Assert.Throws<MetricException>(() => KernelDistance.Between(a, a / 0, new NumpyRandom(1), cancel: Cancel));
    }
}
