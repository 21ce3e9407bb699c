using StyleGanSharp.Metrics.Equivariance;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Metrics.Tests.Equivariance;

/// <summary>The metrics on images whose equivariance is known without them.</summary>
public sealed class EquivarianceMetricTests
{
    public static TheoryData<string> Names => [.. MetricCatalog.All.OfType<EquivarianceMetric>().Select(m => m.Name)];

    [Theory]
    [InlineData("eqt50k_int", 110)] // Only rounding to float32 is left.
    [InlineData("eqt50k_frac", 45)] // What the interpolation of three lobes leaves.
    [InlineData("eqr50k", 45)]
    public void A_wave_that_obeys_is_equivariant(string name, double least)
    {
        using var generator = new WaveGenerator(32);
        Assert.InRange(Measure(name, generator).Value, least, double.PositiveInfinity);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_wave_that_stays_is_not(string name)
    {
        // Two waves of random relative phase differ by a mean square of 1, which is 6 dB below 2² in the mean over all shifts.
        using var generator = new WaveGenerator(32) { Obeys = false, Frequency = (7.5, -6.1) };
        Assert.InRange(Measure(name, generator).Value, 4, 8);
    }

    [Theory, MemberData(nameof(Names))]
    public void Equal_seeds_give_equal_numbers(string name)
    {
        using var generator = new WaveGenerator(32) { Obeys = false };
        Assert.Equal(Measure(name, generator, seed: 3).Value, Measure(name, generator, seed: 3).Value);
        Assert.NotEqual(Measure(name, generator, seed: 3).Value, Measure(name, generator, seed: 4).Value);
    }

    [Theory, MemberData(nameof(Names))]
    public void All_pictures_are_made_in_batches_and_the_transform_is_taken_back(string name)
    {
        using var generator = new WaveGenerator(32) { CDim = 3 };
        int told = 0;
        var context = new MetricContext
        {
            Generator = generator,
            Samples = 10,
            BatchSize = 4,
            Progress = p => told = p.Done
        };
        MetricResult result = Assert.Single(MetricCatalog.Find(name)!.Measure(context));
        Assert.Equal((name, "dB", 10, 10), (result.Metric, result.Unit, result.Samples, told));
        Assert.Equal([4L, 4, 2], generator.Batches);
        Assert.All(generator.Labels, label => Assert.Equal([0f, 0, 1], label.Order()));
        Assert.Equal(10, generator.Labels.Count);
        Assert.True(generator.IsUntransformed);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_cancelled_run_ends_and_takes_the_transform_back(string name)
    {
        using var generator = new WaveGenerator(32);
        using var cancel = new CancellationTokenSource();
        var context = new MetricContext
        {
            Generator = generator,
            Progress = _ => cancel.Cancel(),
            Cancel = cancel.Token
        };
        Assert.Throws<OperationCanceledException>(() => MetricCatalog.Find(name)!.Measure(context));
        Assert.Single(generator.Batches);
        Assert.True(generator.IsUntransformed);
    }

    [Theory, MemberData(nameof(Names))]
    public void Networks_on_a_fixed_grid_are_refused(string name)
    {
        using var generator = new Generator(
            new GeneratorOptions { Resolution = 4, ZDim = 4, WDim = 4, ChannelMax = 4 }, Initializer.ForLoading);
        MetricException refusal = Assert.Throws<MetricException>(
            () => MetricCatalog.Find(name)!.Require(new MetricContext { Generator = generator }));
        Assert.Contains(name, refusal.Message);
        Assert.Equal(refusal.Message, Assert.Throws<MetricException>(() => Measure(name, generator)).Message);
    }

    [Theory]
    [InlineData("eqt50k_frac", 4)]
    [InlineData("eqr50k", 4)]
    [InlineData("eqr50k", 8)]
    public void Pictures_smaller_than_the_filters_are_refused(string name, int size)
    {
        using var generator = new WaveGenerator(size);
        Assert.Contains($"{size}x{size}", Assert.Throws<MetricException>(() => Measure(name, generator)).Message);
    }

    [Theory, MemberData(nameof(Names))]
    public void Pictures_that_are_not_finite_are_refused(string name)
    {
        using var generator = new WaveGenerator(32) { Amplitude = double.NaN };
        Assert.Contains("finite", Assert.Throws<MetricException>(() => Measure(name, generator)).Message);
    }

    private static MetricResult Measure(string name, IGenerator generator, uint seed = 0) => MetricCatalog.Find(name)!.Measure(
        new MetricContext { Generator = generator, Seed = seed, Samples = 40, BatchSize = 2 })[0];
}
