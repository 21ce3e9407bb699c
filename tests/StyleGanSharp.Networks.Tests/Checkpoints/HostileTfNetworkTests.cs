using System.Diagnostics;
using System.Text;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Checkpoints.Pickle;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Networks.Tests.Checkpoints;

/// <summary>Files of the time before PyTorch made by hand to run code, to exhaust the machine or to crash the reader.</summary>
public sealed class HostileTfNetworkTests : IDisposable
{
    private const long MaxBytes = 1_000_000_000;
    private const string Array = "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(K\0tC\u0001btR";
    private const string Float =
        "cnumpy\ndtype\n(S'f4'\nK\0K\u0001tR(K\u0003S'<'\nNNNJ\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\0tb";

    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(10);

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Classes => ["network\nNetwork", "tfutil\nNetwork", "dnnlib.tflib.network\nNetwork"];

    /// <summary>What stands where a variable's value should, and the words of the refusal.</summary>
    public static TheoryData<string, string> Values => new()
    {
        { "cos\nsystem\n(S'id'\ntR", "os.system" },
        { "(S'id'\nios\nsystem\n", "os.system" },
        { "(cos\nsystem\nS'id'\no", "os.system" },
        { "\u008c\u0002os\u008c\u0006system\u0093\u008c\u0002id\u0085R", "os.system" },
        { "cos\nsystem\n(S'id'\nt\u0081", "os.system" },
        { "cos\nsystem\n(S'id'\nt}\u0092", "os.system" },
        { "cnt\nsystem\n(S'id'\ntR", "nt.system" },
        { "c__builtin__\neval\n(S'1'\ntR", "__builtin__.eval" },
        { "cnumpy.testing.utils\nruncode\n)R", "numpy.testing.utils.runcode" },
        { "ctypes\nModuleType\n(S'x'\ntR", "types.ModuleType" },
        { "cdnnlib.tflib.network\nNetwork.clone\n)R", "Network.clone" },
        { "cdnnlib.tflib\nnetwork.Network\n)\u0081", "network.Network" },
        { "cdnnlib.tflib.network.Network\n__init__\n)R", "__init__" },
        { "ctfutil\nNetworks\n)\u0081", "tfutil.Networks" },
        { "cTfutil\nNetwork\n)\u0081", "Tfutil.Network" },
        { "ctfutil \nNetwork\n)\u0081", "Network" },
        { "ctfutil\nNetw\u043erk\n)\u0081", "tfutil" },
        { "ctfutil\nimport_module\n(S'os'\ntR", "tfutil.import_module" },
        { "cdnnlib.util\nget_obj_by_name\n(S'os.system'\ntR", "dnnlib.util.get_obj_by_name" },
        { "cdnnlib.util\ncall_func_by_name\n)R", "dnnlib.util.call_func_by_name" },
        { "ctfutil\nNetwork\n(S'G'\ntR", "called with" },
        { "ctfutil\nNetwork\n)}Va\nNs\u0092", "named arguments" },
        { "(S'G'\nitfutil\nNetwork\n", "called with" },
        { "(ctfutil\nNetwork\nS'G'\no", "called with" },
        { "ctfutil\nNetwork\n)\u0081]b", "not a dictionary" },
        { "ctfutil\nNetwork\n)\u0081N}\u0086b", "not a dictionary" },
        { "]}b", "needed" },
        { "K\u0001}b", "needed" },
        { "ctfutil\nNetwork\n}b", "needed" },
        { "\u0082\u0001", "extension registry" },
        { "\u0083\u0001\0", "extension registry" },
        { "\u0084\u0001\0\0\0", "extension registry" },
        { "Pname\n", "persistent id" },
        { "NQ", "persistent id" },
        { "cnumpy\ndtype\n(S'O8'\nK\0K\u0001tR", "arbitrary objects" },
        { "cnumpy\ndtype\n(S'|O'\nK\0K\u0001tR", "arbitrary objects" },
        { "cnumpy\ndtype\n(S'V4'\nK\0K\u0001tR", "not a number format" },
        { "cnumpy\ndtype\n(S'S4'\nK\0K\u0001tR", "not a number format" },
        { "cnumpy\ndtype\n(S'f4'\nK\0K\u0001tR(K\u0003S'<'\nN(S'a'\nt}K\u0004K\u0001tb", "number format" },
        { "cnumpy.core.multiarray\n_reconstruct\n(c__builtin__\nobject\n(K\0tC\u0001btR", "other than a plain array" },
        { "cnumpy.core.multiarray\n_reconstruct\n(ctfutil\nNetwork\n(K\0tC\u0001btR", "other than a plain array" },
        { "cnumpy.core.multiarray\n_reconstruct\n)R", "called with" },
        { Array + "(K\u0001(K\u0001t" + Float + "\u0089]tb", "not bytes" },
        { Array + "(K\u0001(K\u0002t" + Float + "\u0089C\u00041234tb", "4 bytes of data" },
        { Array + "(K\u0001(J\u00ff\u00ff\u00ff\u00fft" + Float + "\u0089C\u00041234tb", "negative or absurd" },
        { Array + "(K\u0001(J\u00ff\u00ff\u00ff\u007fJ\u00ff\u00ff\u00ff\u007fJ\u00ff\u00ff\u00ff\u007ft" + Float
            + "\u0089C\u00041234tb", "4 bytes of data" },
        { Array + "(K\u0001NN\u0089C\u00041234tb", "is not (version" },
        { Array + "(K\u0001(K\u0001tN\u0089C\u00041234tb", "is not (version" },
        { Array + "}b", "is not (version" },
        { "cnumpy.core.multiarray\nscalar\n(" + Float + "C\u000212tR", "comes with 2 bytes" },
        { "ccopy_reg\n_reconstructor\n(ctfutil\nNetwork\nc__builtin__\nobject\nNtR(Va\nt\u0081", "needed" },
        { "c_codecs\nencode\n(Va\nVrot13\ntR", "latin1" },
        { "h\u0063", "number 99" },
        { "g99\n", "number 99" },
        { "j\u00ff\u00ff\u00ff\u00ff", "does not exist" },
        { "\u0080\u0006N", "protocol 6" },
        { "\u0095\u00ff\u00ff\u00ff\u00ff\0\0\0\0N", "frame" },
        { "C\u00ff1", "announced" },
        { "B\u00ff\u00ff\u00ff\u00ff1", "announced" },
        { "\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff1", "announced" },
        { "T\u00ff\u00ff\u00ff\u00ff1", "negative length" },
        { "]", "not an array" },
        { "N", "not an array" },
        { "C\u00041234", "not an array" },
    };

    public void Dispose() => folder.Dispose();

    [Theory, MemberData(nameof(Classes))]
    public void The_frame_of_these_tests_is_a_network_that_is_read(string type) =>
        Assert.Single(SnapshotFile.Read(Write(Network(type, "K\u0001"))).TfNetworks);

    [Theory, MemberData(nameof(Values))]
    public void Nothing_is_called_and_nothing_unusual_is_taken(string value, string words)
    {
        Assert.Contains(words, Refused(Network("tfutil\nNetwork", value)));
        Assert.Contains(words, Refused(Network("dnnlib.tflib.network\nNetwork", value)));
    }

    [Theory]
    [InlineData("]", "](")]
    [InlineData("(", "(")]
    [InlineData("N\u0085", "N\u0085")]
    [InlineData("}", "}")]
    [InlineData("nested list", "]a")]
    [InlineData("ctfutil\nNetwork\n)\u0081", "ctfutil\nNetwork\n)\u0081")]
    [InlineData("network in network", "ctfutil\nNetwork\n)\u0081}b")]
    [InlineData("array", Array)]
    public void Bombs_are_refused_within_time_and_memory(string name, string unit)
    {
        Assert.NotEmpty(name);
        byte[] bytes = Encoding.Latin1.GetBytes($"]{string.Concat(Enumerable.Repeat(unit, 8_000_000 / unit.Length))}.");
        var watch = Stopwatch.StartNew();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refused(bytes);
        Assert.True(watch.Elapsed < MaxTime, $"{watch.Elapsed}");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxBytes);
    }

    [Fact]
    public void Every_cut_of_a_small_file_is_refused_in_words()
    {
        byte[] whole = File.ReadAllBytes(Fixtures.GoldenTf.Path("tiny-valid.pkl"));
        for (int length = 0; length < whole.Length; length++)
        {
            Refused(whole[..length]);
        }
    }

    [Fact]
    public void No_changed_byte_of_a_small_file_crashes_the_reader()
    {
        byte[] whole = File.ReadAllBytes(Fixtures.GoldenTf.Path("tiny-valid.pkl"));
        for (int position = 0; position < whole.Length; position += 23)
        {
            byte[] changed = (byte[])whole.Clone();
            changed[position] ^= 0x41;
            string path = Write(changed);
            Exception? error = Record.Exception(() => NetworkLoader.LoadGenerator(SnapshotFile.Read(path)).Dispose());
            Assert.True(error is null or SnapshotException, $"byte {position}: {error}");
        }
    }

    // The average of w is no part of every network.
    [Theory, InlineData("tiny-valid"), InlineData("stylegan1-labels-16"), InlineData("stylegan2-labels-16")]
    public void Missing_and_misshapen_variables_are_refused(string name)
    {
        SnapshotFile snapshot = SnapshotFile.Read(Fixtures.GoldenTf.Path($"{name}.pkl"));
        TfNetworkRecord whole = snapshot.TfNetworks["Gs"];
        foreach (TfNetworkRecord network in whole.Components.Values.Append(whole))
        {
            var variables = (IDictionary<string, NumpyArray>)network.Variables;
            foreach (string variable in variables.Keys.Where(v => variables[v].Shape.Count > 0 && v != "dlatent_avg").ToArray())
            {
                NumpyArray value = variables[variable];
                variables[variable] = NumpyArray.Scalar(1.5);
                Assert.NotEmpty(Assert.Throws<SnapshotException>(() => NetworkLoader.LoadGenerator(snapshot).Dispose()).Message);
                variables.Remove(variable);
                Assert.NotEmpty(Assert.Throws<SnapshotException>(() => NetworkLoader.LoadGenerator(snapshot).Dispose()).Message);
                variables.Add(variable, value);
            }
        }

        NetworkLoader.LoadGenerator(snapshot).Dispose();
    }

    private static byte[] Network(string type, string value) => Encoding.Latin1.GetBytes(
        $"c{type}\n)\u0081}}(Vversion\nK\u0002Vname\nVGs\nVstatic_kwargs\n}}Vbuild_func_name\nVG_x\nVvariables\n]Va\n{value}\u0086aub.");

    private string Refused(byte[] bytes)
    {
        string path = Write(bytes);
        string message = Assert.Throws<SnapshotException>(() => SnapshotFile.Read(path)).Message;
        Assert.StartsWith(path, message);
        Assert.DoesNotContain('\n', message);
        return message;
    }

    private string Write(byte[] bytes)
    {
        File.WriteAllBytes(folder["network.pkl"], bytes);
        return folder["network.pkl"];
    }
}
