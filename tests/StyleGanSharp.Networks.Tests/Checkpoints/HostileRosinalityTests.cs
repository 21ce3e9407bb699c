using System.Text;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Tests.Checkpoints.Pickle;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Tests.Checkpoints;

/// <summary>".pt" files made by hand, good and bad, in both containers of torch.save.</summary>
[WithTensorScope]
public sealed class HostileRosinalityTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, bool> Parts =>
        [.. new RosinalityAssembler().Tensors.Keys.SelectMany(name => new (string, bool)[] { (name, true), (name, false) })];

    /// <summary>A value that an entry of the file has, in raw opcodes, and the words of the refusal.</summary>
    public static TheoryData<string, string> Calls => new()
    {
        { "cos\nsystem\n(S'id'\ntR", "os.system" },
        { "(S'id'\nios\nsystem\n", "os.system" },
        { "(cos\nsystem\nS'id'\no", "os.system" },
        { "\u008c\u0002os\u008c\u0006system\u0093\u008c\u0002id\u0085R", "os.system" },
        { "cos\nsystem\n(S'id'\nt\u0081", "os.system" },
        { "cos\nsystem\n(S'id'\nt}\u0092", "os.system" },
        { "cbuiltins\neval\n(S'1'\ntR", "builtins.eval" },
        { "cbuiltins\ngetattr\n(NS'x'\ntR", "builtins.getattr" },
        { "ctorch.hub\nload\n(S'x'\ntR", "torch.hub.load" },
        { "ctorch\nload\n(S'x'\ntR", "torch.load" },
        { "ctorch.serialization\n_load\n)R", "torch.serialization._load" },
        { "ctorch.storage\n_load_from_bytes\n(C\u0001xtR", "_load_from_bytes" },
        { "ctorch._utils\n_rebuild_tensor_v3\n)R", "_rebuild_tensor_v3" },
        { "ctorch._utils\n_rebuild_tensor_v2.__globals__\n)R", "__globals__" },
        { "ctorch._utils._rebuild_tensor_v2\n__call__\n)R", "__call__" },
        { "cTorch._utils\n_rebuild_tensor_v2\n)R", "Torch._utils" },
        { "ctorch._utils\n_rebuild_tensor_v2 \n)R", "_rebuild_tensor_v2" },
        { "ctorch\nFloatStorage\n)R", "torch.FloatStorage" },
        { "ctorch\nFloatStorage\n)\u0081", "torch.FloatStorage" },
        { "ctorch._utils\n_rebuild_tensor_v2\n)R", "called with" },
        { "ctorch._utils\n_rebuild_tensor_v2\n(NNNNNNtR", "storage" },
        { "ctorch._utils\n_rebuild_parameter\n(N\u0089NtR", "tensor" },
        { "ctorch\nSize\n(NtR", "sizes" },
        { "cargparse\nNamespace.x\n)\u0081", "Namespace.x" },
        { "]}b", "needed" },
        { "N}b", "needed" },
        { "ccollections\nOrderedDict\n(K\u0001tR", "called with" },
        { "\u0082\u0001", "extension registry" },
        { "\u0083\u0001\0", "extension registry" },
        { "\u0084\u0001\0\0\0", "extension registry" },
        { "Pname\n", "described in an unknown way" },
        { "NQ", "described in an unknown way" },
        { "(X\u0007\0\0\0storagecos\nsystem\nX\u0001\0\0\00X\u0003\0\0\0cpuK\u0001tQ", "os.system" },
        { "(X\u0006\0\0\0modulectorch\nFloatStorage\nX\u0001\0\0\00X\u0003\0\0\0cpuK\u0001tQ", "described in an unknown way" },
        { "(X\u0007\0\0\0storagectorch\nFloatStorage\nX\u0001\0\0\00X\u0003\0\0\0cpuJ\u00ff\u00ff\u00ff\u00fftQ",
            "described in an unknown way" },
        { "(X\u0007\0\0\0storagectorch\nSize\nX\u0001\0\0\00X\u0003\0\0\0cpuK\u0001tQ", "A torch storage" },
        { "cnumpy\ndtype\n(S'O8'\nK\0K\u0001tR", "arbitrary objects" },
        { "h\u0063", "number 99" },
        { "\u0080\u0007N", "protocol 7" },
        { "\u0095\u00ff\u00ff\u00ff\u00ff\0\0\0\0N", "frame" },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(true, "g_ema", true), InlineData(false, "g_ema", true), InlineData(true, "g", true), InlineData(
        false, "g", false)]
    [InlineData(true, null, false), InlineData(false, null, false), InlineData(true, "g_ema", false)]
    public void A_generator_is_found_under_either_name_or_alone_with_or_without_its_average(bool zip, string? key, bool average)
    {
        using GradMode mode = GradMode.Off();
        var file = new RosinalityAssembler { IsZip = zip, Key = key };
        file.Average = average ? file.Average : null;
        string path = Write(file.Bytes());
        using IGenerator generator = GeneratorFile.Open(path).Load();
        Assert.Equal((8, 4, 4), (generator.Width, generator.ZDim, generator.WDim));
        Assert.All(ConvertedNetworkTests.Picture(generator), value => Assert.True(float.IsFinite(value)));
        float[] centre = generator.WAvg!.ToArray<float>();
        Assert.Equal(average, centre.SequenceEqual([0, 0.01f, 0.02f, 0.03f]));
        Assert.All(centre, value => Assert.True(float.IsFinite(value)));

        NetworkSummary summary = Assert.Single(SnapshotSummary.Read(path).Networks);
        Assert.Equal((key ?? SnapshotSummary.SingleNetwork, 8, true), (summary.Name, summary.Resolution!.Value, summary.CanRun));
        Assert.Null(summary.Problem);
    }

    [Theory, MemberData(nameof(Calls))]
    public void Nothing_is_called_and_nothing_unusual_is_taken(string value, string words)
    {
        foreach (bool zip in (bool[])[true, false])
        {
            var file = new RosinalityAssembler
            {
                IsZip = zip,
                More = pickle => pickle.Text("args").Raw(
                Encoding.Latin1.GetBytes(value))
            };
            Assert.Contains(words, Refused(file.Bytes()));
        }
    }

    [Theory, MemberData(nameof(Parts))]
    public void A_missing_or_misshapen_tensor_is_refused(string name, bool zip)
    {
        var missing = new RosinalityAssembler { IsZip = zip };
        missing.Tensors.Remove(name);
        if (name.StartsWith("noises.", StringComparison.Ordinal))
        {
            // Files from before the layout kept its noise: it is drawn.
            using IGenerator drawn = GeneratorFile.Open(Write(missing.Bytes())).Load();
        }
        else
        {
            Refused(missing.Bytes());
        }

        foreach (int[] shape in (int[][])[[], [0], [2, 3], [1, 1, 5, 5], [1, 5, 5, 3, 3], [1, 1, 1, 1, 1, 7]])
        {
            var misshapen = new RosinalityAssembler { IsZip = zip };
            misshapen.Tensors[name] = shape;
            bool same = shape.Length == 0 && new RosinalityAssembler().Tensors[name] is [1];
            if (!same)
            {
                Refused(misshapen.Bytes());
            }
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Other_contents_are_refused_in_words(bool zip)
    {
        RosinalityAssembler New() => new() { IsZip = zip };

        RosinalityAssembler file = New();
        file.Tensors["convs.2.conv.weight"] = [1];
        Assert.Contains("does not belong", Refused(file.Bytes()));
        file = New();
        file.Tensors["convs.0.conv.blur.kernel"] = [4, 4];
        Assert.Contains("1, 3, 3, 1", Refused(file.Bytes()));
        file = New();
        file.Average = [5];
        Assert.Contains("w_avg", Refused(file.Bytes()));
        file = New();
        file.Average = [2, 4];
        Assert.Contains("2 different rows", Refused(file.Bytes()));
        file = New();
        file.Average = [1, 4];
        using (IGenerator generator = GeneratorFile.Open(Write(file.Bytes())).Load())
        {
            Assert.Equal([0, 0.01f, 0.02f, 0.03f], generator.WAvg!.ToArray<float>());
        }

        file = New();
        file.Average = null;
        file.More = pickle => pickle.Text("latent_avg").Raw("]");
        Assert.Contains("not a tensor", Refused(file.Bytes()));
        file = New();
        file.Key = "d";
        Refused(file.Bytes());
        file = New();
        file.Key = null;
        file.Average = null;
        file.More = pickle => pickle.Text("input.input").Raw("N");
        Assert.Contains("named tensors", Refused(file.Bytes()));
        file = New();
        file.Storage = "IntStorage";
        Assert.Contains("is of type Int32", Refused(file.Bytes()));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Numbers_that_reach_beyond_the_storage_are_refused(bool zip)
    {
        foreach ((int offset, int[] sizes, int[] strides) in ((int, int[], int[])[])
            [(-1, [1], [1]), (4, [1], [1]), (0, [5], [1]), (0, [2], [4]), (0, [-1], [1]), (0, [2], [-1]), (0, [2, 2], [1]), (
                0, [1 << 30, 1 << 30, 1 << 30], [0, 0, 0]), (0, new int[17], new int[17])])
        {
            var pickle = new PickleAssembler().Raw("}").Text("g_ema").Global("torch._utils", "_rebuild_tensor_v2").Raw("((")
                .Text("storage").Global("torch", "FloatStorage").Text("0").Text("cpu").Int(4).Raw(zip ? "tQ" : "NtQ")
                .Int(offset).Ints(sizes).Ints(strides).Raw(0x89).Raw("NtRs");
            Assert.Contains("A tensor", Refused(new RosinalityAssembler { IsZip = zip }.Container(pickle, 4)));
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Tensors_that_unfold_to_more_than_the_file_are_refused_wherever_they_lie(bool zip)
    {
        const int Count = 100_000;
        var file = new RosinalityAssembler { IsZip = zip };
        var pickle = new PickleAssembler().Raw("}").Text("optimizer").Raw("](");
        file.Tensor(pickle, Count, Count);
        pickle.Raw("q\u0001");
        for (int i = 0; i < 1000; i++)
        {
            pickle.Raw("h\u0001");
        }

        Assert.Contains("unfold", Refused(file.Container(pickle.Raw("es"), Count)));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Every_cut_of_a_file_is_refused_in_words(bool zip)
    {
        byte[] whole = new RosinalityAssembler { IsZip = zip }.Bytes();
        for (int length = 0; length < whole.Length; length++)
        {
            Refused(whole[..length]);
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public void No_changed_byte_crashes_the_reader(bool zip)
    {
        byte[] whole = new RosinalityAssembler { IsZip = zip }.Bytes();
        for (int position = 0; position < whole.Length; position += 17)
        {
            byte[] changed = (byte[])whole.Clone();
            changed[position] ^= 0x41;
            string path = Write(changed);
            Exception? error = Record.Exception(() => GeneratorFile.Open(path).Load().Dispose());
            Assert.True(error is null or SnapshotException, $"byte {position}: {error}");
        }
    }

    private string Refused(byte[] bytes)
    {
        string path = Write(bytes);
        string message = Assert.Throws<SnapshotException>(() => GeneratorFile.Open(path).Load().Dispose()).Message;
        Assert.StartsWith(path, message);
        Assert.DoesNotContain('\n', message);
        return message;
    }

    private string Write(byte[] bytes)
    {
        File.WriteAllBytes(folder["net.pt"], bytes);
        return folder["net.pt"];
    }
}
