using StyleGanSharp.Metrics.Attributes;
using StyleGanSharp.Metrics.Spaces;
using StyleGanSharp.Metrics.Tests.Samples;
using StyleGanSharp.Networks.Attributes;
using StyleGanSharp.Networks.Features;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Metrics.Tests.Separability;

/// <summary>Separability of images whose attributes are planes of the latents.</summary>
[WithTensorScope]
public sealed class SeparabilityMetricTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_network_of_attributes_judges_in_its_own_resolution()
    {
        using (AttributeNetwork network = Network())
        {
            AttributeNetworkFile.Write(folder["attributes.safetensors"], network);
        }

        using MetricSpaces spaces = MetricSpaces.Open(
            new MetricSpacesOptions { Classifiers = [folder["attributes.safetensors"]] }, Device.Cpu);
        using var generator = new FlatGenerator(0);
        var warnings = new List<string>();
        IReadOnlyList<MetricResult> results = MetricCatalog.Find("ls")!.Measure(
            new MetricContext { Generator = generator, Spaces = spaces, Samples = 60, Warn = warnings.Add });
        Assert.Equal(["ls_z/attributes", "ls_w/attributes"], results.Select(r => r.Metric));
        Assert.Equal(["bright_entropy", "warm_entropy", "bright_accuracy", "warm_accuracy"], results[0].Details.Select(d => d.Name));

        Assert.Contains(warnings, w => w.Contains("take 160 images or more", StringComparison.Ordinal));

        // z is w in this generator.
        Assert.Equal(results[0].Value, results[1].Value);
        Assert.InRange(results[0].Value, 1, 4);
    }

    [Fact]
    public void Files_are_classifiers_of_one_attribute_each()
    {
        using IAttributeClassifier classifier = AttributeClassifiers.Open(
            [GoldenTfFolder.Path("tiny-valid.pkl"), GoldenTfFolder.Path("tiny-valid.pkl")], Device.Cpu);
        Assert.Equal(["tiny-valid", "tiny-valid"], classifier.Attributes);
        Tensor logits = classifier.Logits(Tensor.Zeros([3, 3, 8, 8], DType.UInt8));
        Assert.Equal([3, 2], logits.Shape.ToArray());
        Assert.True(logits.AllFinite());
        Assert.Contains("tiny-valid.pkl does not take images of 9x9", Assert.Throws<FeatureException>(
            () => classifier.Logits(Tensor.Zeros([3, 3, 9, 9], DType.UInt8))).Message);
    }

    [Fact]
    public void A_file_that_is_no_classifier_is_one_sentence()
    {
        File.WriteAllText(folder["page.pt"], "<html>");
        Assert.Contains("page.pt", Assert.Throws<FeatureException>(
            () => AttributeClassifiers.Open([folder["page.pt"]], Device.Cpu)).Message);
        Assert.Contains("nothing.pkl", Assert.Throws<FeatureException>(
            () => AttributeClassifiers.Open([folder["nothing.pkl"]], Device.Cpu)).Message);
        using IAttributeClassifier detector = AttributeClassifiers.Open([DetectorFile.Path], Device.Cpu);
        Assert.Contains("quadrants.pt", Assert.Throws<FeatureException>(
            () => detector.Logits(Tensor.Zeros([3, 3, 32, 32], DType.UInt8))).Message);
    }

    [Fact]
    public void Too_few_images_are_refused()
    {
        using var generator = new FlatGenerator(0);
        Assert.Contains("at least 20", Assert.Throws<MetricException>(() => MetricCatalog.Find("ls")!.Require(
            new MetricContext { Generator = generator, Samples = 10 })).Message);
    }

    private static AttributeNetwork Network()
    {
        using var random = new RandomGenerator(5);
        var options = new AttributeNetworkOptions
        {
            Resolution = 16,
            Attributes = [new AttributeInfo("bright", AttributeKind.Value), new AttributeInfo("warm", AttributeKind.Probability)],
        };
        return new AttributeNetwork(options, Initializer.Random(random));
    }
}
