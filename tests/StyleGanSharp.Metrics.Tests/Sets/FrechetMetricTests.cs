using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Metrics.Samples;
using StyleGanSharp.Metrics.Spaces;
using StyleGanSharp.Metrics.Statistics;
using StyleGanSharp.Metrics.Tests.Samples;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Tests.Sets;

/// <summary>Metrics of image sets with a detector whose features are the means of quadrants.</summary>
[WithTensorScope]
public sealed class FrechetMetricTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ImageDataset dataset = ImageDataset.Open(Fixtures.Golden.Path("dataset/synthetic-32x32.zip"));
    private readonly MetricSpaces spaces = MetricSpaces.Open(
        new MetricSpacesOptions { Detectors = [DetectorFile.Path] }, Device.Cpu);

    public void Dispose()
    {
        spaces.Dispose();
        dataset.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("fid50k_full", 20)] // All of them.
    [InlineData("fid12", 12)]
    public void It_is_a_fid_in_the_space_of_a_detector(string name, int reals)
    {
        using var generator = new FlatGenerator(0);
        MetricResult result = Measure(name, Context(generator) with { Samples = 12 });
        Assert.Equal((name, 12, reals, "quadrants", 1.0), (
            result.Metric, result.Samples, result.Reals, result.Detector, result.Psi));
        Assert.True(result.Value > 0);
    }

    [Fact]
    public void In_another_space_it_is_no_fid()
    {
        using var generator = new FlatGenerator(0);
        using MetricSpaces squeeze = MetricSpaces.Open(
            new MetricSpacesOptions { Detectors = [LpipsFiles.SqueezeNet] }, Device.Cpu);
        MetricContext context = Context(generator) with { Spaces = squeeze, Samples = 6 };
        Assert.Equal("frechet6_full/squeezenet", Measure("fid6_full", context).Metric);
        Assert.Equal("kernel6/squeezenet", Measure("kid6", context).Metric);
        Assert.Equal("pr63_precision/squeezenet", Measure("pr63", context).Metric);
    }

    [Fact]
    public void It_repeats_itself_and_tells_networks_apart()
    {
        using var near = new FlatGenerator(0);
        using var far = new FlatGenerator(0.9);
        double value = Measure("fid20", Context(near)).Value;
        Assert.Equal(value, Measure("fid20", Context(near)).Value);
        Assert.True(Measure("fid20", Context(far)).Value > value + 0.1);
        Assert.NotEqual(value, Measure("fid21", Context(near)).Value);
        Assert.NotEqual(value, Measure("fid20", Context(near) with { Seed = 1 }).Value);
    }

    [Fact]
    public void Batches_do_not_matter()
    {
        using var generator = new FlatGenerator(0);
        Assert.Equal(
            Measure("fid20", Context(generator)).Value, Measure("fid20", Context(generator) with { BatchSize = 3 }).Value, 1e-6);
    }

    [Fact]
    public void Mirrored_images_double_the_reals_of_the_older_protocol_only()
    {
        using var generator = new FlatGenerator(0);
        MetricContext context = Context(generator) with { Reals = RealImages.Of(dataset, mirrored: true) };
        Assert.Equal(40, Measure("fid20", context).Reals);
        Assert.Equal(20, Measure("fid20_full", context).Reals);
    }

    [Fact]
    public void Statistics_of_the_reals_are_kept_and_used_only_for_the_same_images()
    {
        using var generator = new FlatGenerator(0);
        MetricContext context = Context(generator) with { Cache = new StatisticsCache(folder["cache"]) };
        double value = Measure("fid20", context).Value;
        string file = Assert.Single(Directory.GetFiles(folder["cache"]));
        var steps = new HashSet<string>();
        MetricContext told = context with { Progress = p => steps.Add(p.Step) };
        Assert.Equal(value, Measure("fid20", told).Value);
        Assert.Equal(["Generated images"], steps);
        _ = Measure("fid10", context);
        Assert.Equal(2, Directory.GetFiles(folder["cache"]).Length);
        File.WriteAllText(file, "damaged");
        Assert.Equal(value, Measure("fid20", told).Value);
        Assert.Contains("Real images", steps);
    }

    [Fact]
    public void A_cache_that_cannot_be_written_is_a_warning()
    {
        using var generator = new FlatGenerator(0);
        File.WriteAllText(folder["cache"], "");
        var warnings = new List<string>();
        MetricResult result = Measure("fid20", Context(generator) with
        {
            Cache = new StatisticsCache(folder["cache"]),
            Warn = warnings.Add,
        });
        Assert.True(double.IsFinite(result.Value));
        Assert.Contains("could not be kept", Assert.Single(warnings));
    }

    [Fact]
    public void Labels_are_drawn_from_the_data_the_same_every_time()
    {
        int classes = RealImages.Of(dataset).Labels.LabelSize;
        Assert.True(classes > 1);
        using var first = new FlatGenerator(0, classes);
        using var second = new FlatGenerator(0, classes);
        Assert.Equal(Measure("fid40", Context(first)).Value, Measure("fid40", Context(second)).Value);
        Assert.Equal(40, first.Asked.Sum());
        Assert.Equal(first.Asked, second.Asked);
        Assert.True(first.Asked.Count(n => n > 0) > 1);
    }

    [Fact]
    public void It_can_be_cancelled()
    {
        using var generator = new FlatGenerator(0);
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        Assert.Throws<OperationCanceledException>(() => Measure("fid20", Context(generator) with { Cancel = cancel.Token }));
    }

    [Fact]
    public void What_cannot_be_compared_is_one_sentence()
    {
        using var generator = new FlatGenerator(0);
        using var labelled = new FlatGenerator(0, 7);
        using ImageDataset gray = ImageDataset.Open(Fixtures.Golden.Path("dataset/gray-16x16.zip"));
        MetricContext context = Context(generator);
        Assert.Contains("there are none", Refusal(context with { Reals = null }));
        Assert.Contains("16x16 with 1 channels", Refusal(context with { Reals = RealImages.Of(gray) }));
        Assert.Contains("labels have 3 numbers", Refusal(context with { Generator = labelled }));
        Assert.Contains("at least 2", Refusal(context with { Samples = 1 }));
        Assert.Contains("no average w", Assert.Throws<MetricException>(
            () => Measure("fid20", context with { Psi = 0.5 })).Message);

        static string Refusal(MetricContext wrong) =>
            Assert.Throws<MetricException>(() => MetricCatalog.Find("fid20")!.Require(wrong)).Message;
    }

    [Fact]
    public void Metrics_together_give_the_numbers_of_each_alone_from_one_set_of_images()
    {
        using var generator = new FlatGenerator(0);
        string[] names = ["fid20", "kid20", "pr203", "is20", "msssim16", "spectrum20", "fid12"];
        IMetric[] metrics = [.. names.Select(name => MetricCatalog.Find(name)!)];
        int made = 0;
        MetricContext context = Context(generator) with
        {
            Progress = p => made += p.Step == "Generated images" && p.Done == p.Total ? p.Total : 0,
        };
        var together = new List<MetricResult>();
        MetricRunner.Run(metrics, context, (_, results, _) => together.AddRange(results));
        Assert.Equal(20, made);
        Assert.Equal(
            metrics.SelectMany(m => m.Measure(Context(generator))).Select(r => (r.Metric, r.Value)),
            together.Select(r => (r.Metric, r.Value)));
    }

    [Fact]
    public void A_metric_that_fails_leaves_the_others_alone()
    {
        using var generator = new FlatGenerator(0);
        var failed = new List<string>();
        var measured = new List<string>();
        MetricRunner.Run(
            [MetricCatalog.Find("eqr50k")!, MetricCatalog.Find("fid20")!], Context(generator),
            (metric, _, _) => measured.Add(metric.Name), (metric, _) => failed.Add(metric.Name));
        Assert.Equal(["eqr50k"], failed);
        Assert.Equal(["fid20"], measured);
    }

    [Fact]
    public void Reals_measured_as_generated_images_are_near()
    {
        // The same pixels on both sides: distances vanish, and everything is inside the other manifold.
        using var generator = new ReplayGenerator(dataset);
        MetricContext context = Context(generator) with { Samples = 20 };
        Assert.Equal(0, Measure("fid20", context).Value, 1e-6);
        Assert.Equal(0, Measure("spectrum20", context).Value, 1e-9);
        Assert.InRange(Measure("swd20", context).Value, 0, 60); // Patches are drawn at random places.
        IReadOnlyList<MetricResult> manifold = MetricCatalog.Find("pr203")!.Measure(context);
        Assert.Equal([1.0, 1.0], manifold.Select(r => r.Value));
    }

    private MetricContext Context(Networks.IGenerator generator) => new()
    {
        Generator = generator,
        Reals = RealImages.Of(dataset),
        Spaces = spaces,
    };

    private static MetricResult Measure(string name, MetricContext context) =>
        MetricCatalog.Find(name)!.Measure(context)[0];
}
