using System.Text.Json;
using StyleGanSharp.Metrics.PathLength;
using StyleGanSharp.Metrics.Spaces;
using StyleGanSharp.Metrics.Tests.Samples;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Features;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Metrics.Tests.PathLength;

/// <summary>The sampler against the golden file, and what the metric says of itself.</summary>
[WithTensorScope]
public sealed class PathLengthMetricTests
{
    private const string Archive = "metrics/ppl.npz";
    private const string Prefix = "sampler/";

    public static TheoryData<string> Cases =>
        [.. GoldenFolder.Keys(Archive).Where(k => k.StartsWith(Prefix, StringComparison.Ordinal)).Select(k => k.Split('/')[1])
            .Distinct()];

    [GoldenTheory, MemberData(nameof(Cases))]
    public void The_sampler_matches(string name)
    {
        using GradMode mode = GradMode.Off();
        JsonElement parameters = GoldenFolder.Json("metrics/ppl.json");
        var golden = new GoldenTensors(Archive, $"{Prefix}{name}/");
        string[] words = name.Split('_');
        bool crop = words.Length > 2;
        var metric = (PathLengthMetric)MetricCatalog.Find($"ppl{(crop ? "" : "2")}_{words[0]}{words[1]}")!;
        SnapshotFile file = SnapshotFile.Read(GoldenFolder.Path(parameters.GetProperty("snapshot").GetString()!));
        using IGenerator generator = NetworkLoader.LoadGenerator(file, "G_ema");
        var noise = golden.Keys.Where(k => k.StartsWith("noise/", StringComparison.Ordinal)).ToDictionary(
            k => k["noise/".Length..], k => golden[k].Unsqueeze(0).Unsqueeze(0));
        Tensor t = golden["t"].To(DType.Float64).Reshape(-1, 1);
        Tensor distances = metric.Distances(
            generator, new AveragedPixels(), golden["z"], null, words[1] == "end" ? t * 0 : t,
            parameters.GetProperty("epsilon").GetDouble(), NoiseInput.Given(noise));

        // 1e-3 relative: the golden files' README, for the sampler.
        float[] expected = golden["dist"].ToArray<float>();
        Assert.All(distances.ToArray<float>().Zip(expected), p => Assert.Equal(p.Second, p.First, 1e-3 * expected.Max()));
    }

    [Fact]
    public void Its_result_names_the_space_and_repeats_itself()
    {
        using MetricSpaces spaces = MetricSpaces.Open(
            new MetricSpacesOptions { Detectors = [DetectorFile.Path] }, Device.Cpu);
        using var generator = new FlatGenerator(0);
        var context = new MetricContext { Generator = generator, Spaces = spaces, Samples = 10 };
        MetricResult result = Assert.Single(MetricCatalog.Find("ppl2_wend")!.Measure(context));
        Assert.Equal(("ppl2_wend", 10, "quadrants"), (result.Metric, result.Samples, result.Detector));
        Assert.True(result.Value > 0);
        Assert.Equal(result.Value, MetricCatalog.Find("ppl2_wend")!.Measure(context)[0].Value);
    }

    [Fact]
    public void Images_too_small_for_the_crop_are_refused_with_the_way_out()
    {
        using var generator = new FlatGenerator(0);
        Assert.Contains("ppl2_wend takes images whole", Assert.Throws<MetricException>(
            () => MetricCatalog.Find("ppl_wend")!.Require(new MetricContext { Generator = generator })).Message);
    }

    // The golden file's stand-in: 2x2 averages of the pixels, gray repeated.
    private sealed class AveragedPixels : IPerceptualSpace
    {
        public string Name => "averages";

        public Tensor Embed(Tensor images)
        {
            using var scope = new TensorScope();
            ReadOnlySpan<long> shape = images.Shape;
            return scope.Keep(images.Reshape(shape[0], 3, shape[2] / 2, 2, shape[3] / 2, 2).Mean([3, 5]).Reshape(shape[0], -1));
        }

        public void Dispose()
        {
        }
    }
}
