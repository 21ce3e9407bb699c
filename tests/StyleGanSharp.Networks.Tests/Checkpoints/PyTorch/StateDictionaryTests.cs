using System.IO.Compression;
using System.Runtime.InteropServices;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Checkpoints.Rosinality;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Tests.StyleGan2;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Tests.Checkpoints.PyTorch;

/// <summary>Generators saved as tensors by name, without the options of their constructor, in files of torch.save.</summary>
[WithTensorScope]
public sealed class StateDictionaryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly GradMode mode = GradMode.Off();

    public void Dispose()
    {
        mode.Dispose();
        folder.Dispose();
    }

    // All of these have the limit of activations that is the default, or none that is ever reached.
    [Theory]
    [InlineData("sg2-skip-32", "", "")]
    [InlineData("sg2-skip-64", "G_ema", "")]
    [InlineData("sg2-orig-32-c5", "", "module.")]
    [InlineData("sg2-gray-16-c2", "state.generator", "")]
    [InlineData("ada-skip-32-c3", "", "G_ema.")]
    [InlineData("sg3t-32", "", "")]
    [InlineData("sg3r-64", "G_ema", "synthesizer.")]
    public void The_shapes_say_what_the_network_is(string name, string place, string prefix)
    {
        using IGenerator before = Load(name);
        Write(Tensors(before), place, prefix);
        GeneratorFile file = GeneratorFile.Open(folder["x.pt"]);
        using IGenerator after = file.Load();
        Assert.Equal(before.GetType(), after.GetType());
        Assert.Equal((before.Width, before.ImageChannels, before.CDim, before.NumWs), (
            after.Width, after.ImageChannels, after.CDim, after.NumWs));
        Assert.Equal(ConvertedNetworkTests.Picture(before), ConvertedNetworkTests.Picture(after));
        Assert.Contains(file.Remarks, remark => remark.Contains("NVIDIA", StringComparison.Ordinal));
        NetworkSummary summary = Assert.Single(SnapshotSummary.Read(folder["x.pt"]).Networks);
        Assert.Equal((true, before.NumWs, before.ZDim), (summary.CanRun, summary.NumWs ?? before.NumWs, summary.ZDim!.Value));
    }

    [Fact]
    public void Noise_that_is_not_in_the_file_is_drawn_the_same_every_time()
    {
        using IGenerator before = Load("sg2-skip-32");
        Write(Tensors(before).Where(t => !t.Name.EndsWith("noise_const", StringComparison.Ordinal)), "", "");
        GeneratorFile file = GeneratorFile.Open(folder["x.pt"]);
        using IGenerator first = file.Load(), second = GeneratorFile.Open(folder["x.pt"]).Load();
        Assert.Contains("7 of the generator's noise inputs", file.Remarks[^1]);
        Assert.Equal(ConvertedNetworkTests.Picture(first), ConvertedNetworkTests.Picture(second));
        Assert.NotEqual(ConvertedNetworkTests.Picture(before), ConvertedNetworkTests.Picture(first));
        Tensor w = before.WAvg!.Reshape(1, 1, -1).Expand(1, before.NumWs, before.WDim);
        Assert.Equal(before.Synthesize(w, NoiseInput.None).ToArray<float>(), first.Synthesize(
            w, NoiseInput.None).ToArray<float>());
        Assert.All(
            ((Module)first).NamedBuffers().Where(b => b.Name.EndsWith("noise_const", StringComparison.Ordinal)),
            noise => Assert.InRange(noise.Value.Square().Mean().Item(), 0.3, 3));
    }

    [Fact]
    public void An_average_of_equal_rows_is_one_row_and_different_rows_are_refused()
    {
        using IGenerator before = Load("sg2-skip-32");
        Tensor average = before.WAvg!;
        foreach (long[] shape in new long[][] { [1, before.WDim], [before.NumWs, before.WDim], [1, before.NumWs, before.WDim] })
        {
            Write(Tensors(before, average.Expand(shape).Clone()), "", "");
            using IGenerator after = GeneratorFile.Open(folder["x.pt"]).Load();
            Assert.Equal(average.ToArray<float>(), after.WAvg!.ToArray<float>());
        }

        Write(Tensors(before, Tensor.Arange(2 * before.WDim).Reshape(2, before.WDim)), "", "");
        Assert.Contains("2 different rows", Refused());
        Write(Tensors(before, Tensor.Zeros([before.WDim + 1])), "", "");
        Assert.Contains("w_avg", Refused());
    }

    [Theory]
    [InlineData("mapping.fc0.weight")]
    [InlineData("synthesis.b8.conv0.weight")]
    [InlineData("synthesis.b16.torgb.bias")]
    [InlineData("synthesis.b4.conv1.noise_strength")]
    [InlineData("mapping.w_avg")]
    public void A_missing_or_misshapen_tensor_is_refused(string name)
    {
        using IGenerator before = Load("sg2-skip-32");
        Write(Tensors(before).Where(t => t.Name != name), "", "");
        Refused();
        Write(Tensors(before).Select(t => t.Name == name ? (t.Name, Tensor.Zeros([3, 2])) : t), "", "");
        Refused();
    }

    [Fact]
    public void Tensors_of_something_else_are_no_generator()
    {
        using IGenerator before = Load("sg2-skip-32");
        Write(Tensors(before).Where(t => !t.Name.EndsWith("b4.const", StringComparison.Ordinal)), "", "");
        Assert.Contains("G_ema", Refused());
    }

    [Fact]
    public void The_only_generator_is_used_under_any_name_and_the_averaged_one_goes_first()
    {
        using IGenerator one = Load("sg2-skip-32"), other = Load("sg2-skip-64");
        Write(Tensors(one), "G", "");
        GeneratorFile file = GeneratorFile.Open(folder["x.pt"]);
        using (IGenerator only = file.Load())
        {
            Assert.Equal(one.Width, only.Width);
            Assert.Contains(file.Remarks, r => r.Contains("'G_ema'", StringComparison.Ordinal));
        }

        Write(Tensors(one).Select(t => ($"G.{t.Name}", t.Value)).Concat(Tensors(other).Select(t => ($"g_ema.{t.Name}", t.Value))),
            "", "");
        using (IGenerator averaged = GeneratorFile.Open(folder["x.pt"]).Load())
        {
            Assert.Equal(other.Width, averaged.Width);
        }

        Write(Tensors(one).Select(t => ($"a.{t.Name}", t.Value)).Concat(Tensors(other).Select(t => ($"b.{t.Name}", t.Value))), "",
            "");
        Assert.Contains("only a, b", Refused());
    }

    private static IGenerator Load(string name) => NetworkLoader.LoadGenerator(SnapshotCase.Fixture(name).File);

    private static IEnumerable<(string Name, Tensor Value)> Tensors(IGenerator generator, Tensor? average = null) =>
        ((Module)generator).NamedTensors().Select(
            t => (t.Name, t.Name == "mapping.w_avg" && average is not null ? average : t.Value));

    private string Refused()
    {
        SnapshotException error = Assert.Throws<SnapshotException>(() => GeneratorFile.Open(folder["x.pt"]).Load());
        Assert.StartsWith(folder["x.pt"], error.Message);
        Assert.DoesNotContain('\n', error.Message);
        return error.Message;
    }

    // A torch zip container; "place" names the dictionaries that the tensors lie in, one within the other.
    private void Write(IEnumerable<(string Name, Tensor Value)> tensors, string place, string prefix)
    {
        var pickle = new TorchPickleWriter();
        List<Tensor> storages = [];
        string[] keys = place.Length == 0 ? [] : place.Split('.');
        pickle.BeginDictionary();
        foreach (string key in keys)
        {
            pickle.Text(key);
            pickle.BeginDictionary();
        }

        foreach ((string name, Tensor value) in tensors)
        {
            pickle.Text(prefix + name);
            pickle.Tensor($"{storages.Count}", value.Shape.ToArray());
            storages.Add(value.Detach().Contiguous());
        }

        foreach (string _ in keys)
        {
            pickle.EndDictionary();
        }

        pickle.EndDictionary();
        using var zip = new ZipArchive(File.Create(folder["x.pt"]), ZipArchiveMode.Create);
        Part("data.pkl", pickle.ToArray());
        for (int i = 0; i < storages.Count; i++)
        {
            Part($"data/{i}", MemoryMarshal.AsBytes<float>(storages[i].To(DType.Float32).ToArray<float>()));
        }

        void Part(string name, ReadOnlySpan<byte> bytes)
        {
            using Stream stream = zip.CreateEntry($"archive/{name}", CompressionLevel.NoCompression).Open();
            stream.Write(bytes);
        }
    }
}
