using StyleGanSharp.Metrics.Manifold;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Tests.Manifold;

[WithTensorScope]
public sealed class NearestNeighborsTests
{
    // More than one block of points.
    [Theory, InlineData(1203, 37, false), InlineData(1203, 1203, true)]
    public void Equals_a_plain_search(int points, int references, bool self)
    {
        using var random = new RandomGenerator(1);
        float[] a = Tensor.RandN([points, 4], random).ToArray<float>();
        float[] b = self ? a : Tensor.RandN([references, 4], random).ToArray<float>();
        Neighbors found = NearestNeighbors.Find(
            Tensor.From(a, [points, 4]), Tensor.From(b, [references, 4]), 3, self, TestContext.Current.CancellationToken);
        for (int i = 0; i < points; i += 101)
        {
            (double Distance, int Index)[] expected = [.. Enumerable.Range(0, references)
                .Where(j => !self || j != i)
                .Select(j => (Distance(a, i, b, j), j))
                .Order()
                .Take(3)];
            for (int n = 0; n < 3; n++)
            {
                Assert.Equal(expected[n].Index, found.Indices[(i * 3) + n]);
                Assert.Equal(expected[n].Distance, found.Distance(i, n), 1e-6);
            }
        }
    }

    // Sets that float32 cannot tell apart, or not represent: far from zero, close together, duplicates, tiny and huge numbers.
    [Theory]
    [InlineData(0, 1, 1), InlineData(1000, 1, 1), InlineData(1, 1e-6, 1), InlineData(1, 0, 1), InlineData(0, 1, 1e-30)]
    [InlineData(0, 1, 1e-22), InlineData(0, 1, 1e25)]
    public void Decides_close_calls_as_in_double_precision(double offset, double spread, double scale)
    {
        const int Points = 150, References = 130, Features = 5;
        var random = new NumpyRandom(3);
        double[] a = Draw(Points), b = Draw(References);
        Tensor points = Tensor.From(a, [Points, Features]), references = Tensor.From(b, [References, Features]);
        Neighbors found = NearestNeighbors.Find(points, references, 4, cancel: TestContext.Current.CancellationToken);
        for (int i = 0; i < Points; i++)
        {
            (double Distance, int Index)[] expected = [.. Enumerable.Range(0, References)
                .Select(j => (Math.Sqrt(Enumerable.Range(0, Features).Sum(
                    f => Math.Pow(a[(i * Features) + f] - b[(j * Features) + f], 2))), j))
                .Order()
                .Take(4)];
            for (int n = 0; n < 4; n++)
            {
                Assert.Equal(expected[n].Distance, found.Distance(i, n), 1e-9 * scale);
                Assert.True(spread == 0 || found.Indices[(i * 4) + n] == expected[n].Index, $"neighbor {n} of point {i}");
            }
        }

        double[] Draw(int count) => [.. random.RandN(count * Features).Select(v => (offset + (spread * v)) * scale)];
    }

    [Theory, InlineData(1105, 203, 70, false), InlineData(230, 230, 300, true)]
    public void Equals_the_reference(int points, int references, int features, bool self)
    {
        // Most features are 0, as those of a network with rectifiers.
        using var random = new RandomGenerator(5);
        Tensor a = Tensor.RandN([points, features], random).Clamp(0, null);
        Tensor b = self ? a : Tensor.RandN([references, features], random).Clamp(0, null);
        Neighbors found = NearestNeighbors.Find(a, b, 3, self, TestContext.Current.CancellationToken);
        Neighbors expected = NearestNeighbors.FindByProducts(a, b, 3, self, TestContext.Current.CancellationToken);
        Assert.Equal(expected.Indices, found.Indices);
        Assert.All(expected.Distances.Zip(found.Distances), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Theory, InlineData(DType.Float32, DType.Float64), InlineData(DType.Float64, DType.Float32)]
    public void Sets_may_be_of_different_types(DType points, DType references)
    {
        // The mean of the references has more digits than float32: both sets must be moved by the same vector all the same.
        using var random = new RandomGenerator(6);
        Tensor a = Tensor.RandN([60, 3], random).To(DType.Float64), b = Tensor.RandN([50, 3], random).To(DType.Float64);
        (Tensor x, Tensor y) = (((a * 1e-4) + 1000).To(points), ((b * 1e-4) + 1000).To(references));
        Neighbors found = NearestNeighbors.Find(x, y, 2, cancel: TestContext.Current.CancellationToken);
        double[] p = x.ToArray<double>(), r = y.ToArray<double>();
        for (int i = 0; i < 60; i++)
        {
            IEnumerable<double> distances = Enumerable.Range(0, 50).Select(
                j => Math.Sqrt(Enumerable.Range(0, 3).Sum(f => Math.Pow(p[(i * 3) + f] - r[(j * 3) + f], 2))));
            Assert.All(distances.Order().Take(2).Zip([found.Distance(i), found.Distance(i, 1)]),
                pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        }
    }

    [Fact]
    public void Features_that_are_not_finite_are_refused()
    {
        Tensor two = Tensor.Zeros([2, 2]);
        Assert.Throws<MetricException>(
            () => NearestNeighbors.Find(two / 0, two, 1, cancel: TestContext.Current.CancellationToken));
        Assert.Throws<MetricException>(
            () => NearestNeighbors.Find(two, two / 0, 1, cancel: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Too_few_references_are_refused()
    {
        Tensor three = Tensor.Zeros([3, 2]);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => NearestNeighbors.Find(three, three, 3, excludeSelf: true, TestContext.Current.CancellationToken));
        Assert.Throws<ShapeException>(
            () => NearestNeighbors.Find(three, Tensor.Zeros([3, 4]), 1, cancel: TestContext.Current.CancellationToken));
    }

    private static double Distance(float[] a, int i, float[] b, int j) =>
        Math.Sqrt(Enumerable.Range(0, 4).Sum(f => Math.Pow((double)a[(i * 4) + f] - b[(j * 4) + f], 2)));
}
