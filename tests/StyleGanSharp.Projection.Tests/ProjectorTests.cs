using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Projection.Tests;

[WithTensorScope]
public sealed class ProjectorTests
{
    // Rows of one batch are the same sums in another order.
    private const double BatchTolerance = 1e-4;

    private static readonly ProjectionOptions Short = new() { Steps = 6, PixelWeight = 0, StatisticsSamples = 200 };

    [Fact]
    public void Several_targets_and_starts_at_once_equal_each_by_itself()
    {
        using IGenerator generator = TinyNetworks.Open();
        using var space = new PooledSpace();
        Tensor targets = TinyNetworks.Images(generator, 2);
        ProjectionOptions options = Short with { Starts = 2 };
        using ProjectionResult both = new Projector(generator, space).Find(targets, options);
        for (int i = 0; i < 2; i++)
        {
            using ProjectionResult one = new Projector(generator, space).Find(targets.Slice(0, i, i + 1), options);
            Close.To(one.Ws, both.Ws.Slice(0, i, i + 1), BatchTolerance, $"target {i}");
            Assert.Equal(one.BestStarts[0], both.BestStarts[i]);
            Close.To(one.Noise["b8.conv0"], both.Noise["b8.conv0"].Slice(0, i, i + 1), BatchTolerance, $"noise {i}");
        }
    }

    [Fact]
    public void The_better_of_several_starts_is_kept()
    {
        using IGenerator generator = TinyNetworks.Open();
        using var space = new PooledSpace();
        Tensor target = TinyNetworks.Images(generator, 1);
        ProjectionOptions options = Short with { OptimizeNoise = false, Noise = StartNoise.Stored };
        using ProjectionResult three = new Projector(generator, space).Find(target, options with { Starts = 3 });
        using ProjectionResult one = new Projector(generator, space).Find(target, options);
        Assert.True(three.Perceptual[0] <= one.Perceptual[0] + BatchTolerance);

        Tensor shown = generator.Synthesize(three.Ws, three.NoiseInput);
        Tensor difference = space.Embed((shown + 1) * 127.5) - space.Embed((target + 1) * 127.5);
        Assert.Equal(difference.Square().Sum().Item(), three.Perceptual[0], three.Perceptual[0] * BatchTolerance);
    }

    [Theory, InlineData("sg2-skip-32"), InlineData("sg2-orig-32-c5"), InlineData("sg2-gray-16-c2")]
    public void The_distance_falls_in_both_spaces(string snapshot)
    {
        using IGenerator generator = TinyNetworks.Open(snapshot);
        Falls(generator);
    }

    [Fact]
    public void Networks_without_noise_inputs_are_projected()
    {
        using IGenerator generator = TinyNetworks.Open("sg3t-32");
        Assert.Empty(generator.NoiseLayers);
        Falls(generator, steps: 6);
    }

    [Fact]
    public void The_label_of_a_network_without_mapping_stays_as_it_is()
    {
        using IGenerator generator = GeneratorFile.Open(Fixtures.GoldenTf.Path("progan-tf-labels-16-proto2.pkl")).Load();
        Tensor label = TinyNetworks.Label(generator)!;
        using var space = new PooledSpace();
        using ProjectionResult result = new Projector(generator, space)
            .Find(TinyNetworks.Images(generator, 1), Short with { OptimizeNoise = false }, label);
        Assert.Equal(label.ToArray<float>(), result.Ws.Select(1, 0).Slice(1, generator.ZDim).ToArray<float>());
    }

    [Fact]
    public void Pixels_alone_need_no_feature_network()
    {
        using IGenerator generator = TinyNetworks.Open();
        Tensor target = TinyNetworks.Images(generator, 1);
        ProjectionOptions options = Short with { PerceptualWeight = 0, PixelWeight = 1, Steps = 20 };
        using ProjectionRun run = new Projector(generator, null).Begin(target, options);
        using ProjectionResult before = run.Result();
        while (!run.IsFinished)
        {
            run.Advance();
        }

        using ProjectionResult after = run.Result();
        Assert.True(after.Pixels[0] < before.Pixels[0]);
        Assert.Equal(0, after.Perceptual[0]);
        Assert.Throws<InvalidOperationException>(() => run.Advance());
    }

    [Fact]
    public void The_gradient_of_an_image_is_that_of_one_graph()
    {
        using IGenerator generator = TinyNetworks.Open();
        using var space = new PooledSpace();
        Tensor target = TinyNetworks.Images(generator, 1);
        using var loss = new ProjectionLoss(space, target, 1, 10);
        using var statistics = LatentStatistics.Of(generator, null, 50);
        Tensor ws = statistics.Mean.Reshape(1, 1, -1).Repeat(1, generator.NumWs, 1);
        ws.RequiresGrad = true;
        Tensor images = generator.Synthesize(ws, NoiseInput.Const);
        Tensor whole = (space.Embed((images + 1) * 127.5) - space.Embed((target + 1) * 127.5)).Square().Sum()
            + (images - target).Square().Mean() * 10;
        Tensor expected = Gradient.Of(whole, ws, retainGraph: true);
        (DistanceTerms terms, Tensor slope) = loss.Differentiate(images, half: false);
        Close.To(expected, Gradient.Of(images, ws, slope), BatchTolerance, "gradient");
        Assert.Equal(whole.Item(), terms.Total(1, 10)[0], whole.Item() * BatchTolerance);
    }

    [Fact]
    public void The_first_part_can_compare_halved_images()
    {
        using IGenerator generator = TinyNetworks.Open();
        using var space = new PooledSpace();
        using var loss = new ProjectionLoss(space, TinyNetworks.Images(generator, 1), 1, 1);
        // Rows of opposite sign in every pair of pixels vanish in the mean.
        Tensor stripes = Tensor.From([1f, -1f], [1, 1, 1, 2]).Repeat(1, 3, 32, 16);
        using var gray = new ProjectionLoss(space, stripes.ZerosLike(), 1, 1);
        Assert.Equal(0, gray.Measure(stripes, half: true).Pixels[0]);
        Assert.Equal(1, gray.Measure(stripes, half: false).Pixels[0]);
        using ProjectionResult result = new Projector(generator, space)
            .Find(TinyNetworks.Images(generator, 1), Short with { HalfResolution = 0.5 });
        Assert.Equal(Short.Steps, result.Steps);
    }

    [Fact]
    public void A_settled_projection_goes_to_its_last_part()
    {
        using IGenerator generator = TinyNetworks.Open();
        using var space = new PooledSpace();
        ProjectionOptions options = Short with { Steps = 40, SettledWindow = 3, SettledImprovement = 0.99 };
        using ProjectionResult result = new Projector(generator, space).Find(TinyNetworks.Images(generator, 1), options);
        Assert.Equal(6 + 10, result.Steps);
    }

    [Fact]
    public void Progress_shows_images_and_ends_with_the_last_step()
    {
        using IGenerator generator = TinyNetworks.Open();
        using var space = new PooledSpace();
        var seen = new List<ProjectionProgress>();
        var reports = new ProjectionReports { Progress = new Listener(seen.Add), ImageEvery = TimeSpan.Zero };
        using ProjectionResult result = new Projector(generator, space)
            .Find(TinyNetworks.Images(generator, 2), Short with { Starts = 2 }, reports: reports);
        Assert.Equal(Enumerable.Range(1, Short.Steps), seen.Select(p => p.Step));
        Assert.All(seen, p => Assert.Equal((2, 32, 3), (p.Images!.Count, p.Images[0].Width, p.Images[0].Channels)));
        Assert.All(seen, p => Assert.Equal(p.Perceptual, p.Loss, 1e-9));
        Assert.True(result.Times.Synthesis > TimeSpan.Zero && result.Times.Features > TimeSpan.Zero);
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        using IGenerator generator = TinyNetworks.Open();
        var projector = new Projector(generator, null);
        Tensor target = TinyNetworks.Images(generator, 1);
        ProjectionOptions pixels = Short with { PerceptualWeight = 0, PixelWeight = 1 };
        Assert.Throws<ArgumentException>(() => projector.Begin(target, Short));
        Assert.Throws<ShapeException>(() => projector.Begin(target.Slice(2, 0, 16), pixels));
        Assert.Throws<ShapeException>(() => projector.Begin(target, pixels, startWs: Tensor.Zeros([2, 8, 64])));
        Assert.Throws<ArgumentException>(() => projector.Begin(target, pixels with { Steps = 0 }));
        using IGenerator conditional = TinyNetworks.Open("sg2-orig-32-c5");
        Assert.Throws<ArgumentNullException>(() => new Projector(conditional, null).Begin(target, pixels));
    }

    [Fact]
    public void Options_out_of_range_are_named()
    {
        Assert.Empty(new ProjectionOptions().Validate());
        var bad = new ProjectionOptions
        {
            Steps = 0,
            LearningRate = 0,
            RampDown = 2,
            PerceptualWeight = 0,
            Starts = 65,
            PixelWeight = double.NaN,
            NoiseWeight = -1,
        };
        Assert.Equal(
            ["learningRate", "noiseWeight", "pixelWeight", "rampDown", "starts", "steps"],
            bad.Validate().Select(p => p.Property).Order(StringComparer.Ordinal));
    }

    private static void Falls(IGenerator generator, int steps = 20)
    {
        using var space = new PooledSpace();
        Tensor target = TinyNetworks.Images(generator, 1);
        var projector = new Projector(generator, space);
        Tensor? label = TinyNetworks.Label(generator);
        ProjectionOptions options = Short with { Steps = steps, LatentNoise = 0 };
        using ProjectionRun run = projector.Begin(target, options, label);
        using ProjectionResult before = run.Result();
        using ProjectionResult w = projector.Find(target, options, label);
        Assert.True(w.Perceptual[0] < before.Perceptual[0]);

        ProjectionOptions wPlus = options with { Space = LatentSpace.WPlus, LearningRate = 0.01 };
        using ProjectionResult plus = projector.Find(target, wPlus, label, startWs: w.Ws);
        Assert.True(plus.Perceptual[0] < before.Perceptual[0]);
        Assert.NotEqual(0, (plus.Ws.Select(1, 0) - plus.Ws.Select(1, 1)).Abs().Max().Item());
        Assert.Equal(0, (w.Ws.Select(1, 0) - w.Ws.Select(1, 1)).Abs().Max().Item());
    }

    private sealed class Listener(Action<ProjectionProgress> report) : IProgress<ProjectionProgress>
    {
        public void Report(ProjectionProgress value) => report(value);
    }
}
