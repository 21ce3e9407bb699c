using System.Text.Json;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Checkpoints.Pickle;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Networks.Tests.Checkpoints;

/// <summary>Every golden snapshot against its inventory: names, order, kinds, shapes, sums and norms.</summary>
public sealed class SnapshotFileGoldenTests
{
    // The inventory was summed in double precision by another order of additions.
    private const double Tolerance = 1e-6;

    private static readonly string[] Networks = ["G", "D", "G_ema"];

    public static TheoryData<string> Names =>
        [.. GoldenFolder.Names("snapshots", ".pkl").Where(name => GoldenFolder.Has($"snapshots/{name}.json"))];

    [GoldenTheory]
    [MemberData(nameof(Names))]
    public void Tensors_are_those_of_the_inventory_in_the_same_order(string name)
    {
        SnapshotFile snapshot = Read(name);
        foreach (JsonProperty network in Inventory(name).GetProperty("tensors").EnumerateObject())
        {
            IReadOnlyList<NamedTensorRecord> tensors = snapshot.Module(network.Name).NamedTensors();
            Assert.Equal(network.Value.EnumerateArray().Select(Describe), tensors.Select(Describe));
        }
    }

    [GoldenTheory]
    [MemberData(nameof(Names))]
    public void Tensors_have_the_sums_and_norms_of_the_inventory(string name)
    {
        SnapshotFile snapshot = Read(name);
        foreach (JsonProperty network in Inventory(name).GetProperty("tensors").EnumerateObject())
        {
            foreach ((JsonElement expected, NamedTensorRecord tensor) in network.Value.EnumerateArray().Zip(
                snapshot.Module(network.Name).NamedTensors()))
            {
                double[] values = tensor.Tensor.ToDoubles();
                double norm = Math.Sqrt(values.Sum(value => value * value));
                double scale = Math.Max(1, values.Sum(Math.Abs));
                Assert.Equal(expected.GetProperty("sum").GetDouble(), values.Sum(), Tolerance * scale);
                Assert.Equal(expected.GetProperty("l2").GetDouble(), norm, Tolerance * Math.Max(1, norm));
            }
        }
    }

    [GoldenTheory]
    [MemberData(nameof(Names))]
    public void Constructor_arguments_and_dataset_options_are_plain_values(string name)
    {
        SnapshotFile snapshot = Read(name);
        JsonElement inventory = Inventory(name);
        if (inventory.TryGetProperty("training_set_kwargs", out JsonElement trainingSet))
        {
            Equal("training_set_kwargs", trainingSet, snapshot.TrainingSetKwargs);
        }

        foreach (string network in Networks.Where(snapshot.Modules.ContainsKey))
        {
            ModuleRecord module = snapshot.Module(network);
            Assert.False(module.Training);
            Assert.Empty(module.InitArgs);
            JsonElement expected = inventory.GetProperty(network == "D" ? "D_kwargs" : "G_kwargs");
            foreach (JsonProperty option in expected.EnumerateObject().Where(option => option.Name != "class_name"))
            {
                Equal($"{network} {option.Name}", option.Value, module.InitKwargs[option.Name]);
            }
        }
    }

    [GoldenTheory]
    [MemberData(nameof(Names))]
    public void The_augmentation_pipe_is_there_exactly_when_the_run_had_one(string name)
    {
        SnapshotFile snapshot = Read(name);
        bool augmented = Inventory(name).TryGetProperty("augment_p", out JsonElement strength)
            && strength.ValueKind != JsonValueKind.Null;
        Assert.Equal(augmented, snapshot.Modules.ContainsKey("augment_pipe"));
        if (snapshot.Modules.TryGetValue("augment_pipe", out ModuleRecord? pipe))
        {
            Assert.Equal(strength.GetDouble(), pipe.Buffers["p"]!.ToDoubles().Single(), Tolerance);
        }
    }

    [Fact]
    public void Buffers_that_are_none_stay_in_the_record()
    {
        ModuleRecord synthesis = Fixture("sg3t-32").Module("G_ema").Modules["synthesis"]!;
        Assert.True(synthesis.TryGetAttribute("layer_names", out PickleList? layers));
        ModuleRecord toRgb = synthesis.Modules[(string)layers[^1]!]!;
        Assert.True(toRgb.Buffers.ContainsKey("up_filter"));
        Assert.Null(toRgb.Buffers["up_filter"]);
    }

    [Fact]
    public void Numpy_numbers_and_arrays_become_numbers_and_arrays()
    {
        ModuleRecord synthesis = Fixture("sg3t-32").Module("G_ema").Modules["synthesis"]!;
        ModuleRecord input = synthesis.Modules["input"]!;
        Assert.True(input.TryGetAttribute("size", out NumpyArray? size));
        Assert.Equal([36.0, 36.0], size.ToDoubles());
        Assert.True(Fixture("sg2-skip-32").Module("G").Modules["mapping"]!.Modules["fc0"]!.TryGetAttribute(
            "weight_gain", out double gain));
        Assert.Equal(0.01 / Math.Sqrt(64), gain, 1e-12);
    }

    [Fact]
    public void Channels_last_weights_are_put_in_row_major_order()
    {
        TensorRecord tensor = Fixture("sg2-orig-32-c5").Module("G").NamedTensors().Select(named => named.Tensor)
            .First(tensor => tensor.Shape.Count == 4 && tensor.Strides[1] == 1 && tensor.Shape[3] > 1);
        double[] values = tensor.ToDoubles();
        long last = tensor.Shape.Zip(tensor.Strides).Sum(pair => (pair.First - 1) * pair.Second);
        Assert.Equal(tensor.Element.ToDouble(tensor.Storage.Data.Span[(int)((tensor.Offset + last) * 4)..]), values[^1]);
        Assert.Equal(
            tensor.Element.ToDouble(tensor.Storage.Data.Span[(int)((tensor.Offset + tensor.Strides[3]) * 4)..]), values[1]);
    }

    [Fact]
    public void A_missing_network_is_named_with_those_that_are_there()
    {
        SnapshotFile snapshot = Fixture("sg2-gray-16-c2");
        SnapshotException error = Assert.Throws<SnapshotException>(() => snapshot.Module("E"));
        Assert.Contains("'E'", error.Message);
        Assert.Contains("G, D, G_ema", error.Message);
    }

    // Numbers as numbers: 10 and 10.0 are the same.
    private static void Equal(string what, JsonElement expected, object? value)
    {
        using JsonDocument actual = JsonDocument.Parse(PickleJson.Serialize(value));
        Assert.True(JsonElement.DeepEquals(expected, actual.RootElement), $"{what}: {actual.RootElement} instead of {expected}");
    }

    private static SnapshotFile Fixture(string name) => SnapshotFile.Read(Fixtures.Golden.Path($"snapshots/{name}.pkl"));

    private static SnapshotFile Read(string name) => SnapshotFile.Read(GoldenFolder.Path($"snapshots/{name}.pkl"));

    private static JsonElement Inventory(string name) => GoldenFolder.Json($"snapshots/{name}.json");

    private static string Describe(JsonElement tensor) =>
        $"{tensor.GetProperty("kind").GetString()} {tensor.GetProperty("name").GetString()} "
        + $"[{string.Join(",", tensor.GetProperty("shape").EnumerateArray().Select(size => size.Long()))}]";

    private static string Describe(NamedTensorRecord tensor) =>
        $"{tensor.Kind.ToString().ToLowerInvariant()} {tensor.Name} [{string.Join(",", tensor.Tensor.Shape)}]";
}
