using StyleGanSharp.Metrics.Identity;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Tests.Identity;

[WithTensorScope]
public sealed class PairwiseDistanceTests
{
    [Fact]
    public void Few_descriptors_are_compared_each_with_each()
    {
        // Distances 3, 4 and 5.
        Tensor corners = Tensor.From([0f, 0, 3, 0, 0, 4], [3, 2]);
        PairwiseDistance result = PairwiseDistance.Of(corners, 3, new NumpyRandom(1));
        Assert.Equal(3, result.Pairs);
        Assert.Equal(4, result.Mean, 1e-12);
        Assert.Equal(Math.Sqrt(2.0 / 3), result.StandardDeviation, 1e-12);
        Assert.Equal([3, 3.5, 4, 5], new double[] { 0, 25, 50, 100 }.Select(result.Percentile));
        Assert.Equal([0, 1 / 3.0, 2 / 3.0, 1], new[] { 3, 3.5, 5, 5.1 }.Select(result.ShareBelow));
    }

    [Fact]
    public void Random_pairs_are_of_two_different_descriptors_and_estimate_the_mean_of_all()
    {
        Tensor descriptors = Tensor.From(new NumpyRandom(3).RandN(200 * 128), [200, 128]).To(DType.Float32);
        PairwiseDistance all = PairwiseDistance.Of(descriptors, int.MaxValue, new NumpyRandom(1));
        PairwiseDistance some = PairwiseDistance.Of(descriptors, 3000, new NumpyRandom(1));
        Assert.Equal(200 * 199 / 2, all.Pairs);
        Assert.Equal(3000, some.Pairs);

        // No descriptor was compared with itself.
        Assert.Equal(0, some.ShareBelow(5));
        Assert.Equal(all.Mean, some.Mean, 5 * all.StandardDeviation / Math.Sqrt(3000));
        Assert.NotEqual(some.Mean, PairwiseDistance.Of(descriptors, 3000, new NumpyRandom(2)).Mean);
        Assert.Equal(some.Mean, PairwiseDistance.Of(descriptors, 3000, new NumpyRandom(1)).Mean);
    }

    [Fact]
    public void All_pairs_are_equally_likely()
    {
        // On a line at 0, 1, 3, 7: six distances, all different.
        Tensor line = Tensor.From([0f, 1, 3, 7], [4, 1]);
        var random = new NumpyRandom(4);
        double[] drawn = [.. Enumerable.Range(0, 1000).SelectMany(_ => Distances(PairwiseDistance.Of(line, 5, random)))];
        double[] possible = [1, 2, 3, 4, 6, 7];
        double[] shares = [.. possible.Select(d => (double)drawn.Count(v => v == d) / drawn.Length)];
        Assert.Equal(1, shares.Sum(), 1e-12);
        Assert.All(shares, share => Assert.Equal(1 / 6.0, share, 0.03));

        static IEnumerable<double> Distances(PairwiseDistance result) =>
            Enumerable.Range(0, 5).Select(i => result.Percentile(25.0 * i));
    }

    [Fact]
    public void Arguments_that_do_not_fit_are_refused()
    {
        Tensor two = Tensor.From([0f, 1], [2, 1]);
        var random = new NumpyRandom(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => PairwiseDistance.Of(two.Slice(0, 1), 1, random));
        Assert.Throws<ArgumentOutOfRangeException>(() => PairwiseDistance.Of(two, 0, random));
        Assert.Throws<ShapeException>(() => PairwiseDistance.Of(two.Squeeze(1), 1, random));
        Assert.Throws<MetricException>(() => PairwiseDistance.Of(two / 0, 1, random));
        PairwiseDistance result = PairwiseDistance.Of(two, 1, random);
        Assert.Throws<ArgumentOutOfRangeException>(() => result.Percentile(101));
        Assert.Throws<ArgumentOutOfRangeException>(() => result.Percentile(-1));
    }
}
