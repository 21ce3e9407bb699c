using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Tests.Checkpoints.Pickle;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Networks.Tests.Checkpoints;

/// <summary>
/// Summaries of files that are not the usual four networks; the golden snapshots are held by the tests of inspect.
/// </summary>
public sealed class SnapshotSummaryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_that_is_a_single_network_has_one_network()
    {
        NetworkSummary network = Assert.Single(Of(Layer(new PickleAssembler()).Stop()).Networks);
        Assert.Equal((SnapshotSummary.SingleNetwork, "Layer", NetworkKind.Other), (
            network.Name, network.ClassName, network.Kind));
        Assert.Equal((2, 0), (network.ParameterCount, network.BufferCount));
        Assert.False(network.CanRun);
    }

    [Fact]
    public void What_is_no_network_is_listed_with_its_kind()
    {
        PickleAssembler pickle = new PickleAssembler().Raw("}(").Text("step").Int(7).Text("G_ema");
        SnapshotSummary summary = Of(Layer(pickle).Text("options").Raw("}").Raw("u").Stop());
        Assert.Equal(["G_ema"], summary.Networks.Select(n => n.Name));
        Assert.Equal("whole number", summary.OtherEntries["step"]);
        Assert.Null(summary.Generator);
        Assert.Equal(NetworkGeneration.Unknown, summary.Generation);
        Assert.Empty(summary.TrainingSet);
    }

    [Fact]
    public void Training_options_are_plain_values()
    {
        PickleAssembler pickle = new PickleAssembler().Raw("}").Text("training_set_kwargs").Raw("}(")
            .Text("path").Text("data.zip").Text("sizes").Ints(1, 2).Text("nothing").Raw("N").Text("deep").Raw("}").Raw("us");
        IReadOnlyDictionary<string, object?> options = Of(pickle.Stop()).TrainingSet;
        Assert.Equal(["path", "sizes", "nothing", "deep"], options.Keys);
        Assert.Equal("data.zip", options["path"]);
        Assert.Equal(new object?[] { 1L, 2L }, options["sizes"]);
        Assert.Null(options["nothing"]);
        Assert.Equal("(dictionary)", options["deep"]);
    }

    [Fact]
    public void Options_that_cannot_be_read_are_a_problem_of_their_networks_alone()
    {
        SnapshotSummary summary = Of(WithResolution33());
        Assert.Equal(["G", "D", "G_ema"], summary.Networks.Where(n => n.Problem is not null).Select(n => n.Name));
        NetworkSummary broken = summary.Networks[0];
        Assert.Contains("33", broken.Problem);
        Assert.DoesNotContain(folder.Path, broken.Problem);
        Assert.NotEmpty(broken.Tensors);
        Assert.False(broken.CanRun);
        Assert.NotNull(summary.AugmentP);
    }

    // Protocol 3 numbers its texts (r, then j where they come again) and writes small numbers as K and a byte.
    private static byte[] WithResolution33()
    {
        byte[] bytes = File.ReadAllBytes(Fixtures.Golden.Path("snapshots/ada-skip-32-c3.pkl"));
        int text = bytes.AsSpan().IndexOf("img_resolutionr"u8) + "img_resolutionr".Length;
        byte[] index = bytes[text..(text + 4)];
        for (int i = text + 4; i < bytes.Length - 1; i++)
        {
            if (bytes.AsSpan(i - 4, 4).SequenceEqual(index) && bytes[i - 5] is (byte)'r' or (byte)'j' && bytes[i] == 'K'
                && bytes[i + 1] == 32)
            {
                bytes[i + 1] = 33;
            }
        }

        return bytes;
    }

    private SnapshotSummary Of(byte[] bytes)
    {
        File.WriteAllBytes(folder["file.pkl"], bytes);
        return SnapshotSummary.Of(SnapshotFile.Read(folder["file.pkl"]));
    }

    // A module with one parameter of two numbers.
    private static PickleAssembler Layer(PickleAssembler pickle) =>
        pickle.Global("torch_utils.persistence", "_reconstruct_persistent_obj").Raw("}(")
            .Text("type").Text("class").Text("version").Raw("K\u0006").Text("module_src").Text("").Text("class_name").Text(
                "Layer")
            .Text("state").Raw("}(").Text("training").Raw(0x89).Text("_buffers").Raw("}").Text("_modules").Raw("}")
            .Text("_parameters").Raw("}").Text("weight").Tensor(PickleAssembler.TorchStream([1, 2]), 0, [2], [1]).Raw("s")
            .Raw("uu\u0085R");
}
