using System.Text.Json;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Tests.StyleGan2;

/// <summary>Names, order, shapes and counts of standard networks.</summary>
[Trait("Kind", "Golden")]
public sealed class ArchitectureGoldenTests
{
    public static TheoryData<string> Names => [.. GoldenFolder.Json("architecture.json").EnumerateObject().Select(p => p.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Inventory_is_that_of_the_golden_file(string name)
    {
        JsonElement expected = GoldenFolder.Json("architecture.json").GetProperty(name);
        using Module network = Create(name, expected.GetProperty("kwargs"));

        Assert.Equal(Texts(expected.GetProperty("parameters")), network.NamedParameters().Select(Text));
        Assert.Equal(Texts(expected.GetProperty("buffers")), network.NamedBuffers().Select(Text));
        Assert.Equal(expected.GetProperty("num_parameters").GetInt64(), network.ParameterCount);
        Assert.Equal(expected.GetProperty("num_buffer_elements").GetInt64(), network.NamedBuffers().Sum(b => b.Value.Count));
        if (network is IGenerator generator)
        {
            Assert.Equal(expected.GetProperty("num_ws").GetInt32(), generator.NumWs);
        }
    }

    private static Module Create(string name, JsonElement kwargs)
    {
        int Int(string key, int fallback) => kwargs.TryGetProperty(key, out JsonElement value) ? value.GetInt32() : fallback;
        Architecture Kind(string fallback) => Enum.Parse<Architecture>(
            kwargs.TryGetProperty("architecture", out JsonElement value) ? value.GetString()! : fallback, ignoreCase: true);

        return name.StartsWith("G stylegan3", StringComparison.Ordinal)
            ? new Networks.StyleGan3.Generator(
                new Networks.StyleGan3.GeneratorOptions
                {
                    Resolution = Int("res", 0),
                    ImageChannels = Int("img_channels", 3),
                    Mapping = new MappingOptions { NumLayers = kwargs.GetProperty("mapping_kwargs").GetProperty("num_layers").GetInt32() },
                    ChannelBase = Int("channel_base", 32768),
                    ChannelMax = Int("channel_max", 512),
                    KernelSize = Int("conv_kernel", 3),
                    UseRadialFilters = kwargs.TryGetProperty("use_radial_filters", out JsonElement radial) && radial.GetBoolean(),
                },
                Initializer.ForLoading)
            : name.StartsWith("G ", StringComparison.Ordinal)
            ? new Generator(
                new GeneratorOptions
                {
                    Resolution = Int("res", 0),
                    ImageChannels = Int("img_channels", 3),
                    CDim = Int("c_dim", 0),
                    ChannelBase = Int("channel_base", 32768),
                    Architecture = Kind("skip"),
                },
                Initializer.ForLoading)
            : new Discriminator(
                new DiscriminatorOptions
                {
                    Resolution = Int("res", 0),
                    ImageChannels = Int("img_channels", 3),
                    CDim = Int("c_dim", 0),
                    Architecture = Kind("resnet"),
                },
                Initializer.ForLoading);
    }

    private static IEnumerable<string> Texts(JsonElement shapes) => shapes.EnumerateObject().Select(
        p => $"{p.Name} [{string.Join(", ", p.Value.EnumerateArray().Select(v => v.GetInt64()))}]");

    private static string Text(NamedTensor tensor) => $"{tensor.Name} {Torch.Shape.Format(tensor.Value.Shape)}";
}
