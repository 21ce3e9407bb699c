using StyleGanSharp.Metrics.Manifold;
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
