using System.Diagnostics;
using System.Text;
using System.Text.Json;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Checkpoints.Pickle;
using StyleGanSharp.Networks.Checkpoints.TensorFlow;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Networks.Tests.Checkpoints;

/// <summary>Snapshots of the time before PyTorch as records, and what must be refused.</summary>
public sealed class TfNetworkTests : IDisposable
{
    private const string ListFile = "expected-outcomes.json";
    private const string Marker = "golden-tf-marker.txt";
    private const long MaxBytes = 1L << 30;
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(10);

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Names => [.. GoldenTfFolder.Names];

    public static TheoryData<string> Outcomes =>
        [.. ListedOutcomes.Select(e => e.GetProperty("file").GetString()!)];

    private static IEnumerable<JsonElement> ListedOutcomes =>
        GoldenTfFolder.Has(ListFile) ? GoldenTfFolder.Json(ListFile).EnumerateArray() : [];

    public void Dispose() => folder.Dispose();

    [GoldenTheory, MemberData(nameof(Names))]
    public void The_three_networks_are_read_with_all_variables(string name)
    {
        SnapshotFile snapshot = SnapshotFile.Read(GoldenTfFolder.Path($"{name}.pkl"));
        Assert.Empty(snapshot.Modules);
        Assert.Null(snapshot.Root);
        Assert.Equal(["G", "D", "Gs"], snapshot.TfNetworks.Keys);
        foreach (TfNetworkRecord network in snapshot.TfNetworks.Values.SelectMany(n => n.Components.Values.Prepend(n)))
        {
            Assert.EndsWith("Network", network.ClassName);
            Assert.NotEmpty(network.BuildFunction);
            Assert.Equal(network.ClassName == "network.Network", network.Version is null);
            Assert.True(network.StaticKwargs.ContainsKey("resolution"));
            Assert.All(network.Variables.Values, v => Assert.All(v.ToDoubles(), number => Assert.True(double.IsFinite(number))));
        }

        (TfNetworkRecord g, TfNetworkRecord gs) = (snapshot.TfNetworks["G"], snapshot.TfNetworks["Gs"]);
        Assert.Equal(g.Variables.Keys, gs.Variables.Keys);
        Assert.Equal(g.Variables.Values.Select(v => string.Join(",", v.Shape)), gs.Variables.Values.Select(
            v => string.Join(",", v.Shape)));
    }

    [GoldenTheory, MemberData(nameof(Names))]
    public void The_stored_level_of_detail_is_a_single_number(string name)
    {
        GoldenTensors expected = GoldenTfFolder.Tensors(name);
        TfNetworkRecord gs = SnapshotFile.Read(GoldenTfFolder.Path($"{name}.pkl")).TfNetworks["Gs"];
        if (expected.Has("stored_lod"))
        {
            NumpyArray lod = gs.Variables["lod"];
            Assert.Empty(lod.Shape);
            Assert.Equal(BitConverter.ToSingle(expected.Array("stored_lod").Bytes), (float)Assert.Single(lod.ToDoubles()));
        }
    }

    [GoldenTheory, MemberData(nameof(Outcomes))]
    public void Unsafe_and_damaged_files_end_as_listed(string file)
    {
        bool load = ListedOutcomes
            .Single(e => e.GetProperty("file").GetString() == file).GetProperty("expect").GetString() == "load";
        long before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        if (load)
        {
            Build(file);
        }
        else
        {
            Assert.Contains(file, Assert.Throws<SnapshotException>(() => Build(file)).Message);
        }

        Assert.True(watch.Elapsed < MaxTime);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MaxBytes);
        Assert.False(File.Exists(Marker));
    }

    [Theory]
    [InlineData("N", "not a dictionary")]
    [InlineData("}", "version 0")]
    [InlineData("}(Vversion\nK\u0006u", "version 6")]
    [InlineData("}(Vversion\nK\u0002u", "without variables")]
    [InlineData("}(Vversion\nK\u0002Vvariables\n]u", "without name")]
    [InlineData("}(Vversion\nK\u0002Vvariables\n](Va\nK\u0001\u0086Va\nK\u0002\u0086eu", "there twice")]
    [InlineData("}(Vversion\nK\u0002Vvariables\n]Va\nau", "not a pair")]
    [InlineData("}(Vversion\nK\u0002Vvariables\n]Va\nVb\n\u0086au", "not an array")]
    [InlineData("}(Vversion\nK\u0002Vvariables\n]Vname\nVG\nVbuild_func_name\nVG\nVstatic_kwargs\n}K\u0001Nsu", "has no name")]
    [InlineData("}(Vversion\nK\u0003Vvariables\n]Vcomponents\n}Va\nNsu", "is not a network")]
    [InlineData("}(Vversion\nK\u0003Vvariables\n]Vcomponents\n}Va\nh\u0000su", "nested more")]
    [InlineData("}(Vparam_values\n]Vbuild_func_spec\n}u", "which function")]
    public void Networks_with_other_contents_are_refused_in_words(string state, string words)
    {
        string path = folder["network.pkl"];
        File.WriteAllBytes(path, Encoding.Latin1.GetBytes($"ctfutil\nNetwork\n)\u0081q\u0000{state}b."));
        Assert.Contains(words, Assert.Throws<SnapshotException>(() => SnapshotFile.Read(path)).Message);
    }

    [Theory]
    [InlineData("%%\u0086.")]
    [InlineData("(%%%%t.")]
    [InlineData("](%K\u0001%e.")]
    public void Other_collections_of_networks_are_refused_in_words(string pickle)
    {
        string path = folder["network.pkl"];
        File.WriteAllBytes(path, Encoding.Latin1.GetBytes(pickle.Replace("%", Minimal, StringComparison.Ordinal)));
        Assert.Contains("not the three", Assert.Throws<SnapshotException>(() => SnapshotFile.Read(path)).Message);
    }

    [Fact]
    public void A_single_network_and_a_dictionary_of_networks_are_read()
    {
        string path = folder["network.pkl"];
        File.WriteAllBytes(path, Encoding.Latin1.GetBytes($"{Minimal}."));
        (string name, TfNetworkRecord single) = Assert.Single(SnapshotFile.Read(path).TfNetworks);
        Assert.Equal((SnapshotSummary.SingleNetwork, "G_x"), (name, single.BuildFunction));
        Assert.Equal(3.0, (long)single.StaticKwargs["k"]!);

        File.WriteAllBytes(path, Encoding.Latin1.GetBytes($"}}(VGs\n{Minimal}Vnote\nK\u0001u."));
        SnapshotFile snapshot = SnapshotFile.Read(path);
        Assert.Equal(["Gs"], snapshot.TfNetworks.Keys);
        Assert.Equal(2, snapshot.Entries.Count);
    }

    [Fact]
    public void Source_text_is_not_kept()
    {
        string path = folder["network.pkl"];
        File.WriteAllBytes(path, Encoding.Latin1.GetBytes($"}}(VGs\n{Minimal}u."));
        var network = Assert.IsType<TfNetworkObject>(SnapshotFile.Read(path).Entries["Gs"]);
        Assert.False(network.State!.ContainsKey("build_module_src"));
    }

    private static void Build(string file)
    {
        SnapshotFile snapshot = SnapshotFile.Read(GoldenTfFolder.Path(file));
        using IGenerator generator = NetworkLoader.LoadGenerator(snapshot);
        using IDiscriminator discriminator = NetworkLoader.LoadDiscriminator(snapshot);
    }

    private const string Minimal =
        "ctfutil\nNetwork\n)\u0081}(Vversion\nK\u0002Vname\nVGs\nVstatic_kwargs\n}Vk\nK\u0003sVbuild_module_src\nVimport "
            + "os\nVbuild_func_name\nVG_x\nVvariables\n]Vlod\nG\0\0\0\0\0\0\0\0\u0086aub";
}
