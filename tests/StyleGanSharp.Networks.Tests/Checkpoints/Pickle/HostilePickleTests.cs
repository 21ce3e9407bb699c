using System.Diagnostics;
using System.Text;
using StyleGanSharp.Networks.Checkpoints.Pickle;

namespace StyleGanSharp.Networks.Tests.Checkpoints.Pickle;

/// <summary>Pickles made to run code, to exhaust the machine or to crash the reader.</summary>
public sealed class HostilePickleTests
{
    private static readonly PickleAllowList Allowed = new PickleAllowList()
        .With(PickleBuiltins.AddTo).With(NumpyClasses.AddTo).AllowRecord("m", "C");

    [Theory]
    [InlineData("cos\nsystem\n(S'id'\ntR.")]
    [InlineData("(S'id'\nios\nsystem\n.")]
    [InlineData("(cos\nsystem\nS'id'\no.")]
    [InlineData("\u008c\u0002os\u008c\u0006system\u0093\u008c\u0002id\u0085R.")]
    [InlineData("cos\nsystem\n(S'id'\nt\u0081.")]
    [InlineData("cos\nsystem\n(S'id'\nt}\u0092.")]
    [InlineData("Nq\0cos\nsystem\n.")]
    public void Foreign_names_are_refused_by_every_opcode(string pickle)
    {
        PickleException error = Refused(pickle);
        Assert.Contains("os.system", error.Message);
        Assert.Contains("nothing was executed", error.Message);
    }

    [Theory]
    [InlineData("builtins", "eval")]
    [InlineData("builtins", "getattr")]
    [InlineData("__builtin__", "exec")]
    [InlineData("collections", "OrderedDict.update")]
    [InlineData("collections.OrderedDict", "update")]
    [InlineData("collections", "ordereddict")]
    [InlineData("collections", "OrderedDict ")]
    [InlineData("collections", "defaultdict")]
    [InlineData("", "collections.OrderedDict")]
    [InlineData("numpy.core.multiarray ", "scalar")]
    [InlineData("numpy.core.multiarray.scalar", "__class__")]
    [InlineData("numpy.testing._private.utils", "runstring")]
    [InlineData("m.C", "__init__")]
    [InlineData("m", "C.__globals__")]
    [InlineData("m", "\u0421")]
    public void Names_that_only_look_like_allowed_ones_are_refused(string module, string name)
    {
        Assert.Throws<PickleException>(() => PickleReader.Read(new PickleAssembler().Global(module, name).Stop(), Allowed));
        Assert.Throws<PickleException>(() => PickleReader.Read(new PickleAssembler().StackGlobal(module, name).Stop(), Allowed));
    }

    [Fact]
    public void The_message_names_what_was_met_and_where()
    {
        PickleException error = Refused("]q\0cos\nsystem\n(S'id'\ntR.");
        Assert.Equal(3, error.Offset);
        Assert.Equal(
            "The file asks to call os.system (byte 3): this is not part of any known network snapshot, and nothing was executed.",
            error.Message);
    }

    [Fact]
    public void Names_in_messages_are_short_and_printable()
    {
        PickleException error = Assert.Throws<PickleException>(() => PickleReader.Read(
            new PickleAssembler().StackGlobal("a\u001b[31m\n", new string('x', 100_000)).Stop(), Allowed));
        Assert.True(error.Message.Length < 400);
        Assert.DoesNotContain(error.Message, char.IsControl);
    }

    [Theory]
    [InlineData("\u0082\u0001.", "extension registry")]
    [InlineData("\u0083\u0001\0.", "extension registry")]
    [InlineData("\u0084\u0001\0\0\0.", "extension registry")]
    [InlineData("Pname\n.", "persistent id")]
    [InlineData("NQ.", "persistent id")]
    [InlineData("\u0097.", "outside itself")]
    [InlineData("N\u0098.", "outside itself")]
    [InlineData("\u0080\u0006N.", "protocol 6")]
    [InlineData("\u00ff.", "0xff")]
    [InlineData("N", "cut off")]
    [InlineData("", "cut off")]
    [InlineData(".", "not there")]
    [InlineData("(.", "not there")]
    [InlineData("N(R.", "not there")]
    [InlineData("0.", "not there")]
    [InlineData("t.", "no beginning")]
    [InlineData("1.", "no beginning")]
    [InlineData("h\u0005.", "number 5")]
    [InlineData("g-1\n.", "memo index")]
    [InlineData("g99999999999999999999999999\n.", "memo index")]
    [InlineData("NNs.", "not there")]
    [InlineData("NNNs.", "needed")]
    [InlineData("NNa.", "needed")]
    [InlineData("}(Nu.", "without a value")]
    [InlineData("N)R.", "needed")]
    [InlineData("cm\nC\nNR.", "needed")]
    [InlineData("NNb.", "needed")]
    [InlineData("]Nb.", "needed")]
    [InlineData("NN\u0093.", "needed")]
    [InlineData("(o.", "without a class")]
    [InlineData("}]Ns.", "used as a key")]
    [InlineData("}(}Nu.", "used as a key")]
    [InlineData("\u008f(]\u0090.", "used as a key")]
    [InlineData("}]\u0085Ns.", "used as a key")]
    [InlineData("I1x\n.", "cannot be read")]
    [InlineData("F1x\n.", "cannot be read")]
    [InlineData("Sabc\n.", "not quoted")]
    [InlineData("S'\n.", "not quoted")]
    [InlineData("S'\\'\n.", "inside an escape")]
    [InlineData("S'\\xg0'\n.", "damaged")]
    [InlineData("S'\\q'\n.", "unknown escape")]
    [InlineData("V\\ud800\n.", "not a character")]
    [InlineData("V\\u12\n.", "damaged")]
    [InlineData("\u008c\u0002\u00ff\u00ff.", "UTF-8")]
    [InlineData("X\u00ff\u00ff\u00ff\u00ffabc", "announced")]
    [InlineData("\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff.", "announced")]
    [InlineData("\u0096\0\0\0\0\u0001\0\0\0.", "announced")]
    [InlineData("T\u00ff\u00ff\u00ff\u00ff.", "negative length")]
    [InlineData("\u008b\u00ff\u00ff\u00ff\u00ff.", "negative length")]
    [InlineData("\u008b\0\u0010\0\0.", "4096 bytes")]
    [InlineData("\u0095\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff.", "frame")]
    [InlineData("\u0095\u000b\0\0\0\0\0\0\0\u0095\u0001\0\0\0\0\0\0\0N.", "inside another frame")]
    [InlineData("\u0095\u0003\0\0\0\0\0\0\0\u008c\u0002ab.", "announced")]
    [InlineData("c_codecs\nencode\n(V\\u0100\nVlatin1\ntR.", "not latin1")]
    [InlineData("c_codecs\nencode\n(Va\nVrot13\ntR.", "other than latin1")]
    [InlineData("c__builtin__\nobject\n)R.", "call")]
    [InlineData("cnumpy\nndarray\n)R.", "call")]
    [InlineData("ccopy_reg\n_reconstructor\n(ccopy_reg\n_reconstructor\nc__builtin__\nobject\nNtR.", "asked for")]
    [InlineData("ccopy_reg\n_reconstructor\n(cm\nC\nc__builtin__\nset\nNtR.", "asked for")]
    [InlineData("ccollections\nOrderedDict\nK\u0001\u0085R.", "called with")]
    public void Damaged_and_unusual_pickles_are_refused_in_words(string pickle, string words)
    {
        Assert.Contains(words, Refused(pickle).Message);
    }

    [Fact]
    public void Deep_nesting_needs_no_native_stack()
    {
        byte[] nested = [.. Enumerable.Repeat((byte)']', 500_000), .. Enumerable.Repeat((byte)'a', 499_999), (byte)'.'];
        Assert.IsType<PickleList>(PickleReader.Read(nested, Allowed));
        byte[] tuples = [(byte)'N', .. Enumerable.Repeat((byte)0x85, 1_000_000), (byte)'.'];
        Assert.IsType<PickleTuple>(PickleReader.Read(tuples, Allowed));
        byte[] key = [(byte)'}', (byte)'N', .. Enumerable.Repeat((byte)0x85, 1_000_000), (byte)'N', (byte)'s', (byte)'.'];
        Assert.Contains("used as a key", Assert.Throws<PickleException>(() => PickleReader.Read(key, Allowed)).Message);
    }

    [Theory]
    [InlineData("}")]
    [InlineData("]")]
    [InlineData("(")]
    [InlineData("\u008f")]
    [InlineData("}NNs")]
    [InlineData("]Na")]
    [InlineData("2")]
    [InlineData("N\u0094")]
    [InlineData("cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(K\0tNtR")]
    [InlineData("ccollections\nOrderedDict\n)R")]
    public void Endless_repetition_is_stopped_within_time_and_memory(string unit)
    {
        byte[] bytes = Encoding.Latin1.GetBytes("N" + string.Concat(Enumerable.Repeat(unit, 8_000_000 / unit.Length)));
        Stopwatch watch = Stopwatch.StartNew();
        long before = GC.GetAllocatedBytesForCurrentThread();
        PickleException error = Assert.Throws<PickleException>(() => PickleReader.Read(bytes, Allowed));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{watch.Elapsed}");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000_000);
        Assert.NotEmpty(error.Message);
    }

    [Fact]
    public void Sharing_cannot_multiply_work_or_memory()
    {
        string big = new('a', 1_000_000);
        PickleAssembler text = new PickleAssembler().Text(big).Raw("q\u0001");
        for (int i = 0; i < 1000; i++)
        {
            text.Raw("c_codecs\nencode\nh\u0001\u0085R");
        }

        Assert.Contains("MiB", Assert.Throws<PickleException>(() => PickleReader.Read(text.Stop(), Allowed)).Message);

        PickleAssembler keys = new PickleAssembler().Raw("}").Text(big).Raw("q\u0001Ns");
        Assert.Contains("used as a key", Assert.Throws<PickleException>(() => PickleReader.Read(keys.Stop(), Allowed)).Message);

        // A set made of itself a million times over: every copy is paid for.
        PickleAssembler sets = new PickleAssembler().Raw("](");
        for (int i = 0; i < 100_000; i++)
        {
            sets.Int(i);
        }

        sets.Raw("eq\u0001");
        for (int i = 0; i < 1000; i++)
        {
            sets.Raw("c__builtin__\nset\nh\u0001\u0085R");
        }

        Assert.Contains("steps", Assert.Throws<PickleException>(() => PickleReader.Read(sets.Stop(), Allowed)).Message);
    }

    [Fact]
    public void Every_cut_of_a_pickle_of_everything_is_refused_in_words()
    {
        byte[] whole = new PickleAssembler().Proto(4).Raw("}(")
            .Text("list").Raw("](K\u0001M\u0001\u0002J\u0001\0\0\0I12\nL5L\nF1.5\nG\u003f\u00f8\0\0\0\0\0\0e")
            .Text("text").Raw("\u008c\u0001a")
            .Raw("S'q'\nVu\nU\u0001x").Raw("]q\u0005h\u0005")
            .Raw("0").Text("array").Raw(
                "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\nK\0\u0085C\u0001btR(K\u0001K\u0002\u0085")
            .Raw("cnumpy\ndtype\n(\u008c\u0002f4\u0089\u0088tR(K\u0003\u008c\u0001<NNNJ\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\0tb")
            .Raw("\u0089C\u000812345678tb")
            .Text("object").Raw("cm\nC\n)\u0081}b").Raw("u").Stop();
        Assert.IsType<PickleDictionary>(PickleReader.Read(whole, Allowed));
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.Throws<PickleException>(() => PickleReader.Read(whole.AsMemory(0, length), Allowed));
        }
    }

    [Fact]
    public void No_single_changed_byte_crashes_the_reader()
    {
        byte[] whole = new PickleAssembler().Proto(4).Raw("}(").Text("a").Raw("](K\u0001M\u0001\u0002e").Text("b")
            .Raw("ccollections\nOrderedDict\n)R").Text("c").Raw("\u008f(K\u0001\u0090").Raw("u").Stop();
        for (int position = 0; position < whole.Length; position++)
        {
            for (int value = 0; value < 256; value++)
            {
                byte[] changed = (byte[])whole.Clone();
                changed[position] = (byte)value;
                Exception? error = Record.Exception(() => PickleReader.Read(changed, Allowed));
                Assert.True(error is null or PickleException, $"byte {position} = {value}: {error}");
            }
        }
    }

    private static PickleException Refused(string pickle) =>
        Assert.Throws<PickleException>(() => PickleReader.Read(Encoding.Latin1.GetBytes(pickle), Allowed));
}
