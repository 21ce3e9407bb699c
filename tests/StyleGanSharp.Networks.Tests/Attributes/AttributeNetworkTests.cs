using StyleGanSharp.Networks.Attributes;
using StyleGanSharp.Networks.Features;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.IO;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Tests.Attributes;

[Collection(nameof(RunAlone))]
public sealed class AttributeNetworkTests
{
    private static readonly AttributeNetworkOptions Options = new()
    {
        Resolution = 16,
        Attributes = [new("yaw", AttributeKind.Value), new("glasses", AttributeKind.Probability)],
        Landmarks = 3,
        Widths = [2, 2, 2, 2, 2, 2, 2, 2],
        HiddenSize = 5,
    };

    [Fact, NoLeaks, WithTensorScope]
    public void Outputs_are_scaled_by_the_statistics()
    {
        using var random = new RandomGenerator(1);
        using var network = new AttributeNetwork(Options, Initializer.Random(random));
        Tensor images = Tensor.RandN([4, 3, 16, 16], random);
        float[] raw = network.Forward(images).ToArray<float>();
        network.SetStatistics(
            Tensor.From([10f, 0f], [2]), Tensor.From([3f, 1f], [2]), Tensor.Full([3, 2], 0.5), Tensor.Full([3, 2], 0.1));
        (Tensor attributes, Tensor landmarks) = network.PredictWithLandmarks(images);
        Assert.Equal([4, 3, 2], landmarks.Shape.ToArray());
        float[] values = attributes.ToArray<float>(), points = landmarks.ToArray<float>();
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(10 + (3 * raw[i * 8]), values[i * 2], 1e-4);
            Assert.Equal(1 / (1 + Math.Exp(-raw[(i * 8) + 1])), values[(i * 2) + 1], 1e-5);
            Assert.Equal(0.5 + (0.1 * raw[(i * 8) + 2]), points[i * 6], 1e-5);
            Assert.Equal(0.5 + (0.1 * raw[(i * 8) + 7]), points[(i * 6) + 5], 1e-5);
        }

        Assert.Equal(values, network.Predict(images).ToArray<float>());
        Assert.Equal((0, 1, -1), (network.IndexOf("yaw"), network.IndexOf("glasses"), network.IndexOf("age")));
        Assert.Throws<ShapeException>(() => network.Predict(Tensor.Zeros([1, 3, 32, 32])));
    }

    [Fact, NoLeaks, WithTensorScope]
    public void A_file_keeps_the_network_to_16_bits()
    {
        using var folder = new TemporaryFolder();
        using var random = new RandomGenerator(2);
        using var network = new AttributeNetwork(Options, Initializer.Random(random));
        AttributeNetworkFile.Write(folder["a.safetensors"], network);
        using AttributeNetwork read = AttributeNetworkFile.Read(folder["a.safetensors"], Device.Cpu);
        Assert.Equal(Options.Attributes, read.Options.Attributes);
        Tensor images = Tensor.RandN([2, 3, 16, 16], random);
        Close.To(network.Forward(images), read.Forward(images), 5e-3, "outputs");
    }

    [Fact, NoLeaks, WithTensorScope]
    public void Files_of_something_else_are_refused()
    {
        using var folder = new TemporaryFolder();
        string path = folder["a.safetensors"];
        using var random = new RandomGenerator(2);
        using (var network = new AttributeNetwork(Options, Initializer.Random(random)))
        {
            AttributeNetworkFile.Write(path, network);
        }

        (string Options, bool WithTensors)[] damaged;
        using (SafetensorsFile file = Safetensors.Read(path))
        {
            string good = file.Metadata["attribute_network"];
            damaged =
            [
                ("null", true), ("{", true), (good.Replace("16", "17", StringComparison.Ordinal), true),
                (good.Replace("\"landmarks\":3", "\"landmarks\":-1", StringComparison.Ordinal), true),
                (good.Replace("\"landmarks\":3", "\"landmarks\":4", StringComparison.Ordinal), true),
                (good.Replace("glasses", "yaw", StringComparison.Ordinal), true),
                (good.Replace("\"hidden_size\":5", "\"hidden_size\":2000000000", StringComparison.Ordinal), true),
                (good.Replace("\"hidden_size\":5", "\"surprise\":5", StringComparison.Ordinal), true),
                (good, false),
            ];
            foreach ((string options, bool withTensors) in damaged)
            {
                Safetensors.Write(
                    folder["b.safetensors"],
                    withTensors ? file.Tensors.Select(t => (t.Key, t.Value)) : [],
                    new Dictionary<string, string> { ["attribute_network"] = options });
                Assert.Throws<FeatureException>(() => AttributeNetworkFile.Read(folder["b.safetensors"], Device.Cpu));
            }

            Safetensors.Write(folder["c.safetensors"], file.Tensors.Select(t => (t.Key, t.Value)));
            Assert.Throws<FeatureException>(() => AttributeNetworkFile.Read(folder["c.safetensors"], Device.Cpu));
        }

        Assert.Throws<FeatureException>(() => AttributeNetworkFile.Read(folder["missing.safetensors"], Device.Cpu));
        File.WriteAllText(path, "<html>");
        Assert.Throws<FeatureException>(() => AttributeNetworkFile.Read(path, Device.Cpu));
    }
}
