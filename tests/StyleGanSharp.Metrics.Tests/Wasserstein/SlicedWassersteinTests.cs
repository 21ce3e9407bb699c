using StyleGanSharp.Metrics.Wasserstein;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Tests.Wasserstein;

[WithTensorScope]
public sealed class SlicedWassersteinTests
{
    private const int Directions = 6;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Equals_plain_loops_with_the_same_draws()
    {
        using var random = new RandomGenerator(1);
        Tensor real = Tensor.RandN([3, 2, 32, 32], random), generated = (Tensor.RandN([3, 2, 32, 32], random) * 2) + 1;
        using var metric = new SlicedWasserstein(new NumpyRandom(5));
        metric.AddReal(real.Slice(0, 0, 2));
        metric.AddReal(real.Slice(0, 2));
        metric.AddGenerated(generated);
        SlicedWassersteinResult result = metric.Finish(2, Directions / 2, Cancel);

        // Patches are drawn batch by batch, level by level, image by image; the directions at the end, level by level.
        var draws = new NumpyRandom(5);
        List<double[]>[] a = [[], []], b = [[], []];
        Cut(real.Slice(0, 0, 2), a, draws);
        Cut(real.Slice(0, 2), a, draws);
        Cut(generated, b, draws);
        Assert.Equal([(32, 32), (16, 16)], result.Levels.Select(l => (l.Height, l.Width)));
        for (int level = 0; level < 2; level++)
        {
            Assert.Equal(3 * SlicedWasserstein.PatchesPerImage, a[level].Count);
            Normalize(a[level]);
            Normalize(b[level]);
            double sum = 0;
            for (int d = 0; d < Directions; d++)
            {
                double[] direction = draws.RandN(2 * 49);
                double length = Math.Sqrt(direction.Sum(v => v * v));
                double[] Projections(List<double[]> patches) =>
                    [.. patches.Select(p => p.Zip(direction, (v, w) => v * w).Sum() / length).Order()];
                sum += Projections(a[level]).Zip(Projections(b[level]), (x, y) => Math.Abs(x - y)).Average();
            }

            double expected = 1000 * sum / Directions;
            Assert.Equal(expected, result.Levels[level].Distance, 1e-4 * expected);
        }

        Assert.Equal(result.Levels.Average(l => l.Distance), result.Average, 1e-9);
    }

    [Fact]
    public void Is_larger_for_images_of_another_kind()
    {
        using var random = new RandomGenerator(2);
        Tensor noise = Tensor.RandN([60, 1, 16, 16], random), more = Tensor.RandN([60, 1, 16, 16], random);

        // Means and deviations are normalised: what differs is how neighboring pixels go together.
        Tensor coarse = more.Slice(2, 0, 2).Slice(3, 0, 2).RepeatInterleave(8, 2).RepeatInterleave(8, 3);
        double same = Average(noise, more), other = Average(noise, coarse);
        Assert.True(other > 3 * same, $"{other} against {same}");
    }

    [Fact]
    public void Channels_that_are_the_same_everywhere_do_not_count()
    {
        using var random = new RandomGenerator(3);
        Tensor gray = Tensor.RandN([2, 1, 16, 16], random);
        Tensor first = Tensor.Cat([gray, gray.ZerosLike() + 3], 1), second = Tensor.Cat([gray, gray.ZerosLike()], 1);
        double average = Average(first, second);
        Assert.True(double.IsFinite(average), $"{average}");
    }

    [Fact]
    public void Sets_of_different_size_and_images_that_do_not_fit_are_refused()
    {
        Tensor images = Tensor.Zeros([2, 3, 16, 16]);
        using var metric = new SlicedWasserstein(new NumpyRandom(1));
        Assert.Throws<InvalidOperationException>(() => metric.Finish(cancel: Cancel));
        metric.AddReal(images);
        Assert.Throws<InvalidOperationException>(() => metric.Finish(cancel: Cancel));
        metric.AddGenerated(images.Slice(0, 1));
        Assert.Throws<InvalidOperationException>(() => metric.Finish(cancel: Cancel));
        Assert.Throws<ShapeException>(() => metric.AddGenerated(Tensor.Zeros([1, 3, 32, 32])));
        Assert.Throws<ShapeException>(() => metric.AddGenerated(Tensor.Zeros([1, 1, 16, 16])));
        Assert.Throws<MetricException>(() => metric.AddGenerated(images / 0));
        metric.AddGenerated(images.Slice(0, 1));
        Assert.Equal(0, metric.Finish(1, 2, Cancel).Average);
    }

    [Fact]
    public void Temporary_files_are_gone_afterwards()
    {
        using var folder = new TemporaryFolder();
        using (var metric = new SlicedWasserstein(new NumpyRandom(1), folder.Path))
        {
            metric.AddReal(Tensor.Zeros([1, 3, 32, 32]));
            Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
        }

        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    private static double Average(Tensor real, Tensor generated)
    {
        using var metric = new SlicedWasserstein(new NumpyRandom(1));
        metric.AddReal(real);
        metric.AddGenerated(generated);
        return metric.Finish(1, 32, Cancel).Average;
    }

    private static void Cut(Tensor images, List<double[]>[] levels, NumpyRandom draws)
    {
        Tensor[] pyramid = LaplacianPyramid.Of(images);
        for (int level = 0; level < pyramid.Length; level++)
        {
            int side = (int)pyramid[level].Size(2);
            double[] values = pyramid[level].ToArray<double>();
            for (int n = 0; n < images.Size(0); n++)
            {
                for (int i = 0; i < SlicedWasserstein.PatchesPerImage; i++)
                {
                    int top = (int)draws.RandInt(side - 6), left = (int)draws.RandInt(side - 6);
                    levels[level].Add([.. Enumerable.Range(0, 2 * 49).Select(k =>
                        values[(((((n * 2) + (k / 49)) * side) + top + (k % 49 / 7)) * side) + left + (k % 7)])]);
                }
            }
        }
    }

    private static void Normalize(List<double[]> patches)
    {
        for (int channel = 0; channel < 2; channel++)
        {
            double[] all = [.. patches.SelectMany(p => p.Skip(channel * 49).Take(49))];
            double mean = all.Average(), deviation = Math.Sqrt(all.Average(v => (v - mean) * (v - mean)));
            foreach (double[] patch in patches)
            {
                for (int k = channel * 49; k < (channel + 1) * 49; k++)
                {
                    patch[k] = (patch[k] - mean) / deviation;
                }
            }
        }
    }
}
