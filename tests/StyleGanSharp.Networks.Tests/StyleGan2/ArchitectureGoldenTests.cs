using System.Text.Json;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Tests.StyleGan2;

/// <summary>Names, order, shapes and counts of standard networks.</summary>
public sealed class ArchitectureGoldenTests
{
    private const string Inventory = "architecture.json";

    public static TheoryData<string> Names => [.. GoldenFolder.Files.Properties(Inventory).Select(p => p.Name)];

    [GoldenTheory, MemberData(nameof(Names))]
    public void Inventory_is_that_of_the_golden_file(string name)
    {
        JsonElement expected = GoldenFolder.Json(Inventory).GetProperty(name);
        using Module network = Create(expected);

        Assert.Equal(Texts(expected.GetProperty("parameters")), network.NamedParameters().Select(Text));
        Assert.Equal(Texts(expected.GetProperty("buffers")), network.NamedBuffers().Select(Text));
        Assert.Equal(expected.GetProperty("num_parameters").Long(), network.ParameterCount);
        Assert.Equal(expected.GetProperty("num_buffer_elements").Long(), network.NamedBuffers().Sum(b => b.Value.Count));
        if (network is IGenerator generator)
        {
            Assert.Equal(expected.GetProperty("num_ws").Int(), generator.NumWs);
        }
    }

    // What kind of network it is, its tensors say: discriminators have no synthesis, and only StyleGAN3's has an input layer.
    private static Module Create(JsonElement expected)
    {
        JsonElement kwargs = expected.GetProperty("kwargs");
        string[] names = [.. expected.GetProperty("parameters").EnumerateObject().Select(p => p.Name)];
        return names.Contains("synthesis.input.weight")
            ? new Networks.StyleGan3.Generator(GoldenOptions.AliasFree(kwargs), Initializer.ForLoading)
            : names.Any(n => n.StartsWith("synthesis.", StringComparison.Ordinal))
            ? new Generator(GoldenOptions.StyleGan2(kwargs), Initializer.ForLoading)
            : new Discriminator(GoldenOptions.Discriminator(kwargs), Initializer.ForLoading);
    }

    private static IEnumerable<string> Texts(JsonElement shapes) => shapes.EnumerateObject().Select(
        p => $"{p.Name} [{string.Join(", ", p.Value.EnumerateArray().Select(v => v.Long()))}]");

    private static string Text(NamedTensor tensor) => $"{tensor.Name} {Torch.Shape.Format(tensor.Value.Shape)}";
}
