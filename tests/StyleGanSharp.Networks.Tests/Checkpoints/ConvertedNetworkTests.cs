using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Tests.StyleGan2;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.IO;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Tests.Checkpoints;

/// <summary>Networks written as safetensors and read again.</summary>
[WithTensorScope]
public sealed class ConvertedNetworkTests
{
    public static TheoryData<string> Snapshots => [.. Fixtures.Snapshots];

    public static TheoryData<string, string, string, string> Hostile => new()
    {
        { "format", "", "other", "not written by this program" },
        { "format_version", "", "2", "format version" },
        { "family", "", "stylegan9", "family is unknown" },
        { "options", "", "", "cannot be read" },
        { "options", "", "null", "cannot be read" },
        { "options", "", "[1]", "cannot be read" },
        { "options", "\"z_dim\":", "\"zz_dim\":", "$.zz_dim" },
        { "options", "\"use_noise\":true,", "", "'use_noise'" },
        { "options", "\"num_layers\":", "\"num_layers\":9000000000000,\"x\":", "$.mapping" },
        { "options", "\"num_layers\":", "\"num_layers\":1000000,\"lr_multiplier\":1,\"wrong\":", "$.mapping" },
        { "options", "\"resolution\":", "\"resolution\":1024,\"was\":", "$.was" },
        { "options", "\"resolution\":32", "\"resolution\":1024", "expected" },
        { "options", "\"resolution\":32", "\"resolution\":8", "do not fit" },
        { "options", "\"resolution\":32", "\"resolution\":33", "power of two" },
        { "options", "\"resolution\":32", "\"resolution\":1073741824", "expected 4 to 8192" },
        { "options", "\"image_channels\":3", "\"image_channels\":60000", "torgb.weight" },
        { "options", "\"kernel_size\":3", "\"kernel_size\":5", "conv1.weight" },
        { "options", "\"kernel_size\":3", "\"kernel_size\":-1", "'kernel_size' is -1" },
        { "options", "\"c_dim\":0", "\"c_dim\":7", "mapping.embed.weight" },
        { "options", "\"resample_filter\":[1,3,3,1]", "\"resample_filter\":null", "resample_filter" },
        { "options", "\"resample_filter\":[1,3,3,1]", "\"resample_filter\":[1,1]", "do not fit" },
        { "options", "\"activation\":\"LeakyRelu\"", "\"activation\":\"Evil\"", "activation" },
    };

    [Theory, MemberData(nameof(Snapshots))]
    public void A_reloaded_network_gives_bit_identical_pictures_and_files(string path)
    {
        using GradMode mode = GradMode.Off();
        using var folder = new TemporaryFolder();
        using IGenerator before = GeneratorFile.Open(path).Load();
        Assert.True(NetworkFile.CanWrite(before));
        NetworkFile.Write(folder["a.safetensors"], before);
        using IGenerator after = GeneratorFile.Open(folder["a.safetensors"]).Load();
        NetworkFile.Write(folder["b.safetensors"], after);

        Assert.Equal(before.GetType(), after.GetType());
        Assert.Equal(Picture(before), Picture(after));
        Assert.Equal(File.ReadAllBytes(folder["a.safetensors"]), File.ReadAllBytes(folder["b.safetensors"]));
        Assert.Equal(["a.safetensors", "b.safetensors"], folder.Names);
    }

    // A file does not say which tensors are trained; the names do.
    [Theory, MemberData(nameof(Snapshots))]
    public void The_summary_of_a_network_file_tells_parameters_from_buffers(string path)
    {
        using var folder = new TemporaryFolder();
        using IGenerator generator = GeneratorFile.Open(path).Load();
        NetworkFile.Write(folder["a.safetensors"], generator);
        NetworkSummary summary = Assert.Single(SnapshotSummary.Read(folder["a.safetensors"]).Networks);
        var module = (Module)generator;
        Assert.Equal(module.NamedParameters().Select(p => p.Name), summary.Tensors.Where(t => t.Kind == TensorKind.Parameter)
            .Select(t => t.Name));
        Assert.Equal(module.NamedBuffers().Select(b => b.Name), summary.Tensors.Where(t => t.Kind == TensorKind.Buffer).Select(
            t => t.Name));
        Assert.Equal((generator.NumWs, generator.ZDim, generator.WDim, generator.CDim), (
            summary.NumWs!.Value, summary.ZDim!.Value, summary.WDim!.Value, summary.CDim!.Value));
        Assert.Equal((generator.Width, generator.ImageChannels), (summary.Resolution!.Value, summary.Channels!.Value));
        Assert.Equal((generator as IGrowing)?.Lod, summary.Lod);
        Assert.True(summary.CanRun);
    }

    [Theory, MemberData(nameof(Hostile))]
    public void Metadata_that_does_not_fit_is_refused_in_one_sentence(string key, string old, string changed, string words)
    {
        using var folder = new TemporaryFolder();
        string path = folder["x.safetensors"];
        Edit(path, (metadata, _) => metadata[key] = old.Length == 0 ? changed : Replace(metadata[key], old, changed));
        SnapshotException error = Assert.Throws<SnapshotException>(() => GeneratorFile.Open(path).Load());
        if (!words.Contains("do not fit", StringComparison.Ordinal))
        {
            Assert.Equal(error.Message, Assert.Throws<SnapshotException>(() => SnapshotSummary.Read(path)).Message);
        }

        Assert.Contains(words, error.Message);
        Assert.StartsWith(path, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("format"), InlineData("format_version"), InlineData("family"), InlineData("options")]
    public void Missing_metadata_is_refused(string key)
    {
        using var folder = new TemporaryFolder();
        Edit(folder["x.safetensors"], (metadata, _) => metadata.Remove(key));
        Assert.Throws<SnapshotException>(() => GeneratorFile.Open(folder["x.safetensors"]).Load());
    }

    [Theory]
    [InlineData("mapping.fc0.weight"), InlineData("mapping.w_avg"), InlineData("synthesis.b8.conv0.bias"), InlineData(
        "synthesis.b32.torgb.weight")]
    public void A_missing_or_reshaped_tensor_is_named(string name)
    {
        using var folder = new TemporaryFolder();
        string path = folder["x.safetensors"];
        Edit(path, (_, tensors) => tensors.Remove(name));
        Assert.Contains(name, Assert.Throws<SnapshotException>(() => GeneratorFile.Open(path).Load()).Message);
        Edit(path, (_, tensors) => tensors[name] = Tensor.Zeros([2, 3]));
        Assert.Contains(name, Assert.Throws<SnapshotException>(() => GeneratorFile.Open(path).Load()).Message);
    }

    [Fact]
    public void Class_names_are_stored_and_read()
    {
        using var folder = new TemporaryFolder();
        using IGenerator generator = SnapshotCase.Fixture("ada-skip-32-c3").Generator();
        NetworkFile.Write(folder["a.safetensors"], generator, new() { ClassNames = ["cat", "d\"og", "Wölfe"] });
        using IGenerator again = GeneratorFile.Open(folder["a.safetensors"]).Load(out NetworkMetadata metadata);
        Assert.Equal(["cat", "d\"og", "Wölfe"], metadata.ClassNames);
        Assert.Throws<ArgumentException>(
            () => NetworkFile.Write(folder["b.safetensors"], generator, new() { ClassNames = ["cat"] }));
        Assert.Equal(["a.safetensors"], folder.Names);
        using IGenerator unnamed = GeneratorFile.Open(Fixtures.Golden.Path("snapshots/ada-skip-32-c3.pkl")).Load(out metadata);
        Assert.Empty(metadata.ClassNames);
    }

    [Theory]
    [InlineData("[]", "0 names for 3 classes")]
    [InlineData("[\"a\",\"b\"]", "2 names for 3 classes")]
    [InlineData("[\"a\",\"b\",\"a\"]", "same name")]
    [InlineData("[\"a\",\"\",\"b\"]", "name of class 1")]
    [InlineData("[\"a\",\"x\\u001b[2J\",\"b\"]", "name of class 1")]
    [InlineData("[\"a\",null,\"b\"]", "name of class 1")]
    [InlineData("[\"a\",2,\"b\"]", "not a list of texts")]
    [InlineData("[[\"a\"],\"b\",\"c\"]", "not a list of texts")]
    [InlineData("{\"a\":1}", "not a list of texts")]
    [InlineData("cat,dog,wolf", "not a list of texts")]
    [InlineData("", "not a list of texts")]
    public void Class_names_that_do_not_fit_are_refused(string text, string words)
    {
        using var folder = new TemporaryFolder();
        string path = folder["x.safetensors"];
        Edit(path, (metadata, _) => metadata["class_names"] = text, "ada-skip-32-c3");
        SnapshotException error = Assert.Throws<SnapshotException>(() => GeneratorFile.Open(path).Load());
        Assert.Contains(words, error.Message);
        Assert.StartsWith(path, error.Message);
    }

    private static void Edit(
        string path, Action<Dictionary<string, string>, Dictionary<string, Tensor>> change, string snapshot = "sg2-skip-32")
    {
        using IGenerator generator = SnapshotCase.Fixture(snapshot).Generator();
        NetworkFile.Write(path, generator);
        using SafetensorsFile file = Safetensors.Read(path);
        (Dictionary<string, string> metadata, Dictionary<string, Tensor> tensors) = (new(file.Metadata), new(file.Tensors));
        change(metadata, tensors);
        Safetensors.Write(path, tensors.Select(t => (t.Key, t.Value)), metadata);
    }

    private static string Replace(string text, string old, string changed)
    {
        Assert.True(text.Contains(old, StringComparison.Ordinal), text);
        return text.Replace(old, changed, StringComparison.Ordinal);
    }

    internal static float[] Picture(IGenerator g)
    {
        using var draws = new RandomGenerator(3);
        Tensor z = Tensor.RandN([2, g.ZDim], draws);
        Tensor? c = g.CDim > 0 ? Tensor.RandN([2, g.CDim], draws) : null;
        return g.Synthesize(g.Map(z, c), NoiseInput.Const).ToArray<float>();
    }
}
