using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Networks.Features;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.IO;
using StyleGanSharp.Training.Runs;
using StyleGanSharp.Metrics.Samples;
using StyleGanSharp.Training.Sampling;

namespace StyleGanSharp.Training.Tests.Runs;

/// <summary>The metric with a detector whose features are the means of quadrants.</summary>
[WithTensorScope]
public sealed class FrechetMetricTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ImageDataset dataset = ImageDataset.Open(Fixtures.Golden.Path("dataset/synthetic-32x32.zip"));
    private readonly IFeatureExtractor extractor = FeatureExtractors.Open(DetectorFile.Path, Device.Cpu);

    private string Cache => folder["reals.safetensors"];

    public void Dispose()
    {
        extractor.Dispose();
        dataset.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData(5000, "fid5k_full/quadrants")]
    [InlineData(150, "fid150_full/quadrants")]
    public void Its_name_says_protocol_and_space(int samples, string name)
    {
        FrechetMetric metric = Metric(samples);
        Assert.Equal(name, metric.Name);
        Assert.Equal(Math.Min(samples, dataset.Count), metric.Reals);
    }

    [Theory]
    [InlineData(5000, "frechet5k/squeezenet", "fid5k_full/squeezenet")]
    [InlineData(1500, "frechet1500/squeezenet", "fid1500_full/squeezenet")]
    public void In_another_space_than_that_of_a_detector_it_is_no_fid(int samples, string name, string former)
    {
        WriteSqueezeNet(folder["squeeze.safetensors"]);
        using IFeatureExtractor squeeze = FeatureExtractors.Open(folder["squeeze.safetensors"], Device.Cpu);
        var metric = new FrechetMetric(squeeze, View(), Options(samples));
        Assert.Equal((name, former), (metric.Name, metric.FormerName));
    }

    [Fact]
    public void It_repeats_itself_and_tells_networks_apart()
    {
        using var near = new FlatGenerator(0);
        using var far = new FlatGenerator(0.9);
        double value = Metric(20).Measure(near, CancellationToken.None);
        Assert.Equal(value, Metric(20).Measure(near, CancellationToken.None));
        Assert.True(Metric(20).Measure(far, CancellationToken.None) > value + 0.1);
        Assert.NotEqual(value, Metric(21).Measure(near, CancellationToken.None));
    }

    [Fact]
    public void Batches_do_not_matter()
    {
        using var generator = new FlatGenerator(0);
        double expected = Metric(20).Measure(generator, CancellationToken.None);
        FrechetMetric small = new(extractor, View(), Options(20) with { Batch = 7, GeneratorBatch = 3 });
        Assert.Equal(expected, small.Measure(generator, CancellationToken.None), 1e-6);
    }

    [Fact]
    public void Statistics_of_the_reals_are_kept_and_used_only_for_the_same_pictures_and_weights()
    {
        using var generator = new FlatGenerator(0);
        FrechetMetricOptions options = Options(20) with { Cache = Cache };
        double value = Measure(options);
        Assert.Equal(["reals.safetensors"], folder.Names);
        DateTime written = Mark();
        Assert.Equal(value, Measure(options));
        Assert.Equal(written, File.GetLastWriteTimeUtc(Cache));
        Assert.Equal(value, Measure(options with { DetectorHash = "another" }));
        Assert.NotEqual(written, File.GetLastWriteTimeUtc(Cache));
        written = Mark();
        _ = Measure(options with { DetectorHash = "another", Samples = 10 });
        Assert.NotEqual(written, File.GetLastWriteTimeUtc(Cache));
        File.WriteAllText(Cache, "damaged");
        Assert.Equal(value, Measure(options));

        double Measure(FrechetMetricOptions how) =>
            new FrechetMetric(extractor, View(), how).Measure(generator, CancellationToken.None);

        DateTime Mark()
        {
            File.SetLastWriteTimeUtc(Cache, DateTime.UnixEpoch);
            return DateTime.UnixEpoch;
        }
    }

    [Fact]
    public void A_cache_that_cannot_be_written_is_a_warning()
    {
        using var generator = new FlatGenerator(0);
        var warnings = new List<string>();
        FrechetMetric metric = new(
            extractor, View(), Options(20) with { Cache = folder["none/reals.safetensors"], Warn = warnings.Add });
        Assert.True(double.IsFinite(metric.Measure(generator, CancellationToken.None)));
        Assert.Contains("could not be kept", Assert.Single(warnings));
    }

    [Fact]
    public void Labels_are_drawn_from_the_data_the_same_every_time()
    {
        DatasetView view = View(labels: true);
        Assert.True(view.LabelSize > 1);
        using var first = new FlatGenerator(0, view.LabelSize);
        using var second = new FlatGenerator(0, view.LabelSize);
        Assert.Equal(Measure(first), Measure(second));
        Assert.Equal(40, first.Asked.Sum());
        Assert.Equal(first.Asked, second.Asked);
        Assert.True(first.Asked.Count(n => n > 0) > 1);

        double Measure(FlatGenerator generator) =>
            new FrechetMetric(extractor, view, Options(40)).Measure(generator, CancellationToken.None);
    }

    [Fact]
    public void It_can_be_cancelled()
    {
        using var generator = new FlatGenerator(0);
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        Assert.Throws<OperationCanceledException>(() => Metric(20).Measure(generator, cancel.Token));
    }

    [Fact]
    public void Fewer_than_two_pictures_are_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => Metric(1));

    // SqueezeNet 1.1 (Iandola et al. 2016) with torchvision's names, all zeros.
    private static void WriteSqueezeNet(string path)
    {
        var layers = new List<(string Name, long Out, long In, long Side)> { ("features.0", 64, 3, 3) };
        foreach ((int at, long from, long squeezed) in new (int, long, long)[]
            { (3, 64, 16), (4, 128, 16), (6, 128, 32), (7, 256, 32), (9, 256, 48), (10, 384, 48), (11, 384, 64), (12, 512, 64) })
        {
            layers.Add(($"features.{at}.squeeze", squeezed, from, 1));
            layers.Add(($"features.{at}.expand1x1", 4 * squeezed, squeezed, 1));
            layers.Add(($"features.{at}.expand3x3", 4 * squeezed, squeezed, 3));
        }

        Safetensors.Write(path, layers.SelectMany(l => new[]
        {
            ($"{l.Name}.weight", Tensor.Zeros([l.Out, l.In, l.Side, l.Side])), ($"{l.Name}.bias", Tensor.Zeros([l.Out])),
        }));
    }

    private static FrechetMetricOptions Options(int samples) => new() { Samples = samples, DetectorHash = "quadrants" };

    private FrechetMetric Metric(int samples) => new(extractor, View(), Options(samples));

    private DatasetView View(bool labels = false) => new(dataset, new DatasetViewOptions { UseLabels = labels });
}
