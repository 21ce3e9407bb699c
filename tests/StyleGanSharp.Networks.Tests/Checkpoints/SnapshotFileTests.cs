using System.Text;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Checkpoints.Pickle;
using StyleGanSharp.Networks.Tests.Checkpoints.Pickle;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Networks.Tests.Checkpoints;

/// <summary>Files that are damaged, hostile, small or something else entirely.</summary>
public sealed class SnapshotFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("snapshot-tests").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_missing_file_a_folder_and_an_empty_file_are_named_as_such()
    {
        Assert.Contains("no such file", Refused(Path.Combine(folder, "missing.pkl")));
        Assert.Contains("folder", Refused(folder));
        Assert.Contains("empty", Refused(Write([])));
    }

    [Theory]
    [InlineData("<!DOCTYPE html><html>Quota exceeded</html>", "web page")]
    [InlineData("\u00ef\u00bb\u00bf\n <html>", "web page")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n", "git lfs pull")]
    [InlineData("\u0089PNG\r\n\u001a\n", "PNG")]
    [InlineData("\u00ff\u00d8\u00ff\u00e0", "JPEG")]
    [InlineData("\u001f\u008b\u0008", "gzip")]
    [InlineData("{\"message\": \"Not Found\"}", "JSON")]
    [InlineData("\u0008\0\0\0\0\0\0\0{}      ", "safetensors")]
    [InlineData("PK\u0003\u0004 and nothing more", "cut off")]
    [InlineData("Hello world, this is a text", "networks are read from")]
    public void Files_of_other_kinds_are_recognised(string start, string words)
    {
        Assert.Contains(words, Refused(Write(Encoding.Latin1.GetBytes(start))));
    }

    [Fact]
    public void A_zip_archive_of_something_else_is_recognised()
    {
        Assert.Contains("not a PyTorch file", Refused(Fixtures.Golden.Path("dataset/gray-16x16.zip")));
        Assert.Contains("not a PyTorch file", Refused(Fixtures.Golden.Path("rng/numpy-rng.npz")));
    }

    [Fact]
    public void The_exception_names_the_file_and_keeps_the_cause()
    {
        string path = Write(new PickleAssembler().Global("os", "system").Stop());
        SnapshotException error = Assert.Throws<SnapshotException>(() => SnapshotFile.Read(path));
        Assert.Equal(path, error.Path);
        Assert.StartsWith(path, error.Message);
        Assert.Contains("os.system", error.Message);
        Assert.IsType<PickleException>(error.InnerException);
    }

    [Fact]
    public void A_file_beyond_the_size_limit_is_refused_before_it_is_read()
    {
        string path = Fixtures.Golden.Path("snapshots/sg2-gray-16-c2.pkl");
        Assert.Contains(
            "not read", Assert.Throws<SnapshotException>(
                () => SnapshotFile.Read(path, new PickleLimits { MaxFileBytes = 1000 })).Message);
    }

    [Fact]
    public void A_file_with_a_single_module_and_one_with_fewer_entries_are_read()
    {
        SnapshotFile single = SnapshotFile.Read(Write(Module(new PickleAssembler()).Stop()));
        Assert.Empty(single.Modules);
        Assert.Equal(["weight"], single.Root!.NamedTensors().Select(tensor => tensor.Name));

        SnapshotFile few = SnapshotFile.Read(Write(Module(new PickleAssembler().Raw("}").Text("G_ema")).Raw("s").Stop()));
        Assert.Null(few.Root);
        Assert.Null(few.TrainingSetKwargs);
        Assert.Equal("Layer", few.Module("G_ema").ClassName);
        Assert.Equal([1.0, 2.0], few.Module("G_ema").Parameters["weight"]!.ToDoubles());
    }

    [Theory]
    [InlineData("N.", "a None")]
    [InlineData("cdnnlib.tflib.network\nNetwork\n)\u0081.", "without contents")]
    [InlineData("N(.", "not there")]
    [InlineData("}K\u0001Ns.", "keys are not texts")]
    [InlineData("ctorch_utils.persistence\n_reconstruct_persistent_obj\n)R.", "not described")]
    [InlineData("ctorch_utils.persistence\n_reconstruct_persistent_obj\n}\u0085R.", "not described")]
    [InlineData("ctorch_utils.persistence\n_reconstruct_persistent_obj\n}(Vtype\nVclass\nVversion\nK\u0007u\u0085R.",
        "version 7")]
    [InlineData("ctorch_utils.persistence\n_reconstruct_persistent_obj\n}(Vtype\nVclass\nVversion\nK\u0006u\u0085R.",
        "no class name")]
    [InlineData("ctorch_utils.persistence\n_reconstruct_persistent_obj\n}(Vtype\nVclass\nVversion\nK\u0006Vclass_name\nVC\nVstate\n}u\u0085R.", "_parameters")]
    public void Records_that_are_no_modules_are_refused_in_words(string pickle, string words)
    {
        Assert.Contains(words, Refused(Write(Encoding.Latin1.GetBytes(pickle))));
    }

    [Theory]
    [InlineData("_parameters", "x", "N", null)]
    [InlineData("_parameters", "x", "K\u0001", "not a tensor")]
    [InlineData("_buffers", "x", "]", "not a tensor")]
    [InlineData("_modules", "x", "N", null)]
    [InlineData("_modules", "x", "}", "not a module")]
    [InlineData("_buffers", "x.y", "N", "plain word")]
    [InlineData("_buffers", "", "N", "plain word")]
    public void Entries_of_a_module_are_checked(string group, string name, string value, string? words)
    {
        PickleAssembler pickle = Module(
            new PickleAssembler(), state => state.Text(group).Raw("}").Text(name).Raw(value).Raw("s"));
        if (words is null)
        {
            Assert.NotNull(SnapshotFile.Read(Write(pickle.Stop())).Root);
        }
        else
        {
            Assert.Contains(words, Refused(Write(pickle.Stop())));
        }
    }

    [Fact]
    public void A_module_inside_itself_and_modules_shared_in_a_pyramid_are_refused()
    {
        // The state dictionary is remembered (5) and its "_modules" get the record itself.
        PickleAssembler self = new PickleAssembler().Raw("}q\u0006");
        self.Raw("0");
        Module(self, state => state.Text("_modules").Raw("h\u0006")).Raw("q\u0007").Raw("0h\u0006").Text("me").Raw(
            "h\u0007s0h\u0007");
        Assert.Contains("nested", Refused(Write(self.Stop())));

        PickleAssembler pyramid = new();
        Module(pyramid).Raw("q\u0010");
        for (int level = 0; level < 15; level++)
        {
            pyramid.Raw("0");
            Module(pyramid, state => state.Text("_modules").Raw("}(").Text("a").Raw("h\u0010").Text("b").Raw("h\u0010u")).Raw(
                "q\u0010");
        }

        Assert.Contains("far more", Refused(Write(pyramid.Stop())));
    }

    [Fact]
    public void Tensors_that_unfold_to_more_than_the_file_are_refused()
    {
        float[] numbers = new float[100_000];
        PickleAssembler pickle = new PickleAssembler().Tensor(PickleAssembler.TorchStream(numbers), 0, [numbers.Length], [1]).Raw(
            "q\u00200");
        Module(pickle, state =>
        {
            state.Text("_buffers").Raw("}(");
            for (int i = 0; i < 1000; i++)
            {
                state.Text($"b{i}").Raw("h\u0020");
            }

            state.Raw("u");
        });
        Assert.Contains("unfold", Refused(Write(pickle.Stop())));
    }

    [Fact]
    public void Every_cut_of_a_small_snapshot_is_refused_in_words()
    {
        byte[] whole = Module(new PickleAssembler().Proto(4).Raw("}").Text("G_ema")).Raw("s").Stop();
        for (int length = 0; length < whole.Length; length++)
        {
            Refused(Write(whole[..length]));
        }
    }

    [Fact]
    public void Cuts_of_a_large_snapshot_are_refused_in_words()
    {
        byte[] whole = File.ReadAllBytes(Fixtures.Golden.Path("snapshots/sg2-gray-16-c2.pkl"));
        for (int length = 1; length < whole.Length; length += 2999)
        {
            Refused(Write(whole[..length]));
        }
    }

    [Fact]
    public void Changed_bytes_never_crash_the_reader()
    {
        byte[] whole = File.ReadAllBytes(Fixtures.Golden.Path("snapshots/sg3t-64-c4-L6.pkl"));
        for (int position = 0; position < whole.Length; position += 7919)
        {
            byte[] changed = (byte[])whole.Clone();
            changed[position] ^= 0x55;
            string path = Write(changed);
            Exception? error = Record.Exception(() => SnapshotFile.Read(path));
            Assert.True(error is null or SnapshotException, error?.ToString());
        }
    }

    /// <summary>
    /// Pushes a persistent object with one parameter "weight" of two numbers; the state can be extended or overridden.
    /// </summary>
    private static PickleAssembler Module(PickleAssembler pickle, Action<PickleAssembler>? more = null)
    {
        pickle.Global("torch_utils.persistence", "_reconstruct_persistent_obj").Raw("}(")
            .Text("type").Text("class").Text("version").Raw("K\u0006").Text("module_src").Text("import os; os.system('id')")
            .Text("class_name").Text("Layer").Text("state").Raw("}(")
            .Text("training").Raw(0x89).Text("_buffers").Raw("}").Text("_modules").Raw("}")
            .Text("_parameters").Raw("}").Text("weight").Tensor(PickleAssembler.TorchStream([1, 2]), 0, [2], [1]).Raw("s");
        more?.Invoke(pickle);
        return pickle.Raw("uu\u0085R");
    }

    private string Write(byte[] bytes)
    {
        string path = Path.Combine(folder, "file.pkl");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static string Refused(string path) => Assert.Throws<SnapshotException>(() => SnapshotFile.Read(path)).Message;
}
