using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Projection.Tuning;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Projection.Tests.Tuning;

[WithTensorScope]
public sealed class PivotalTuningTests
{
    private static readonly TuningOptions Short = new() { Steps = 8, Threshold = 0, KeptEnergy = 0.999 };

    [Fact]
    public void Tuning_brings_the_images_nearer_and_leaves_the_network_as_it_was()
    {
        using var generator = (ITrainableGenerator)TinyNetworks.Open();
        (Tensor pivots, Tensor targets) = Case(generator);
        string before = NetworkFingerprint.Of(generator);
        using var space = new PooledSpace();
        var seen = new List<ProjectionProgress>();
        using TuningResult result = new PivotalTuning(generator, space)
            .Tune(pivots, targets, Short, progress: new Listener(seen.Add), cancel: TestContext.Current.CancellationToken);
        Assert.Equal(before, NetworkFingerprint.Of(generator));
        Assert.Equal(Enumerable.Range(0, Short.Steps + 1), seen.Select(p => p.Step));
        Assert.True(seen[^1].Loss < seen[0].Loss);
        Assert.DoesNotContain(result.Model.Differences.Keys, n => n.StartsWith("mapping.", StringComparison.Ordinal));
        Assert.All(((Module)generator).NamedParameters(), p => Assert.False(p.Value.RequiresGrad));

        Tensor untuned = generator.Synthesize(pivots, NoiseInput.Const);
        using (result.Model.Apply(generator))
        {
            Tensor tuned = generator.Synthesize(pivots, NoiseInput.Const);
            double PixelDistance(Tensor images) => (images - targets).Square().Mean().Item();
            Assert.True(PixelDistance(tuned) < PixelDistance(untuned));

            // What is left out of a difference is a thousandth of its energy.
            Assert.Equal(result.Pixels.Average(), PixelDistance(tuned), result.Pixels.Average() * 0.05);
        }

        Assert.Equal(before, NetworkFingerprint.Of(generator));
        Assert.Equal(untuned.ToArray<float>(), generator.Synthesize(pivots, NoiseInput.Const).ToArray<float>());
    }

    [Fact]
    public void Tuning_stops_at_the_threshold()
    {
        using var generator = (ITrainableGenerator)TinyNetworks.Open();
        (Tensor pivots, Tensor targets) = Case(generator);
        var tuning = new PivotalTuning(generator, null);
        TuningOptions pixels = Short with { PerceptualWeight = 0 };
        using TuningResult all = tuning.Tune(pivots, targets, pixels, cancel: TestContext.Current.CancellationToken);
        double threshold = all.Pixels.Max() * 1.0001;
        using TuningResult stopped = tuning.Tune(
            pivots, targets, pixels with { Threshold = threshold, Steps = 100 }, cancel: TestContext.Current.CancellationToken);
        Assert.InRange(stopped.Steps, 1, Short.Steps);
        Assert.True(stopped.Pixels.Max() <= threshold);
    }

    [Fact]
    public void Locality_keeps_neighbors_nearer_to_what_they_were()
    {
        using var generator = (ITrainableGenerator)TinyNetworks.Open();
        (Tensor pivots, Tensor targets) = Case(generator);
        using var draws = new RandomGenerator(9);
        Tensor near = pivots + (Tensor.RandN(pivots.Shape, draws) * 0.5);
        Tensor old = generator.Synthesize(near, NoiseInput.None);
        double Moved(double weight)
        {
            TuningOptions options = Short with { PerceptualWeight = 0, LocalityWeight = weight, LocalityRadius = 4, Steps = 12 };
            using TuningResult result = new PivotalTuning(generator, null)
                .Tune(pivots, targets, options, cancel: TestContext.Current.CancellationToken);
            using AppliedTuning applied = result.Model.Apply(generator);
            return (generator.Synthesize(near, NoiseInput.None) - old).Square().Mean().Item();
        }

        Assert.True(Moved(10) < Moved(0));
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        using var generator = (ITrainableGenerator)TinyNetworks.Open();
        (Tensor pivots, Tensor targets) = Case(generator);
        var tuning = new PivotalTuning(generator, null);
        TuningOptions pixels = Short with { PerceptualWeight = 0 };
        TuningResult Tune(Tensor ws, Tensor images, TuningOptions options) =>
            tuning.Tune(ws, images, options, cancel: TestContext.Current.CancellationToken);
        Assert.Throws<ArgumentException>(() => Tune(pivots, targets, Short));
        Assert.Throws<ArgumentException>(() => Tune(pivots, targets, pixels with { KeptEnergy = 0 }));
        Assert.Throws<ShapeException>(() => Tune(pivots.Slice(0, 0, 1), targets, pixels));
        Assert.Equal(
            ["keptEnergy", "learningRate", "pixelWeight", "steps", "threshold"],
            new TuningOptions { Steps = 0, LearningRate = 0, PerceptualWeight = 0, PixelWeight = 0, Threshold = -1, KeptEnergy = 2 }
                .Validate().Select(p => p.Property).Order(StringComparer.Ordinal));
    }

    // Two latents and images of two others.
    private static (Tensor Pivots, Tensor Targets) Case(IGenerator generator)
    {
        using var statistics = LatentStatistics.Of(generator, null, 50);
        Tensor targets = TinyNetworks.Images(generator, 2);
        return (statistics.Mean.Reshape(1, 1, -1).Repeat(2, generator.NumWs, 1), targets);
    }

    private sealed class Listener(Action<ProjectionProgress> report) : IProgress<ProjectionProgress>
    {
        public void Report(ProjectionProgress value) => report(value);
    }
}
