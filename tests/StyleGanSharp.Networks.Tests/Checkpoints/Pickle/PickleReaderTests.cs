using System.Numerics;
using System.Text;
using StyleGanSharp.Networks.Checkpoints.Pickle;

namespace StyleGanSharp.Networks.Tests.Checkpoints.Pickle;

/// <summary>Values of all protocols, written by hand.</summary>
public sealed class PickleReaderTests
{
    private static readonly PickleAllowList Builtins = new PickleAllowList().With(PickleBuiltins.AddTo);

    [Theory]
    [InlineData("I12\n.", 12L)]
    [InlineData("I01\n.", true)]
    [InlineData("I00\n.", false)]
    [InlineData("L-12L\n.", -12L)]
    [InlineData("F1.5\n.", 1.5)]
    [InlineData("Finf\n.", double.PositiveInfinity)]
    [InlineData("K\u00ff.", 255L)]
    [InlineData("M\u0001\u0002.", 513L)]
    [InlineData("J\u00fe\u00ff\u00ff\u00ff.", -2L)]
    [InlineData("G\u003f\u00f8\0\0\0\0\0\0.", 1.5)]
    [InlineData("\u008a\0.", 0L)]
    [InlineData("\u008a\u0002\u00ff\u00ff.", -1L)]
    [InlineData("\u008b\u0001\0\0\0\u007f.", 127L)]
    [InlineData("N.", null)]
    [InlineData("\u0088.", true)]
    [InlineData("\u0089.", false)]
    [InlineData("S'it\\'s \\x41\\n'\n.", "it's A\n")]
    [InlineData("Vcaf\u00e9 \\u20ac\n.", "caf\u00e9 \u20ac")]
    [InlineData("V\\U0001f600\n.", "\U0001f600")]
    [InlineData("U\u0003abc.", "abc")]
    [InlineData("T\u0003\0\0\0abc.", "abc")]
    [InlineData("\u008c\u0002\u00c3\u00a9.", "\u00e9")]
    [InlineData("X\u0002\0\0\0\u00c3\u00a9.", "\u00e9")]
    [InlineData("\u008d\u0001\0\0\0\0\0\0\0a.", "a")]
    public void Single_values_are_read(string pickle, object? expected)
    {
        Assert.Equal(expected, Read(pickle));
    }

    [Fact]
    public void Whole_numbers_beyond_64_bits_are_big_integers()
    {
        Assert.Equal(BigInteger.Pow(2, 64), Read("\u008a\u0009\0\0\0\0\0\0\0\0\u0001."));
        Assert.Equal(BigInteger.Pow(2, 64), Read("L18446744073709551616L\n."));
        Assert.Equal(long.MaxValue, Read("L9223372036854775807L\n."));
    }

    [Theory]
    [InlineData("C\u0002\u00ff\0.")]
    [InlineData("B\u0002\0\0\0\u00ff\0.")]
    [InlineData("\u008e\u0002\0\0\0\0\0\0\0\u00ff\0.")]
    [InlineData("\u0096\u0002\0\0\0\0\0\0\0\u00ff\0.")]
    [InlineData("U\u0002\u00ff\0.")]
    [InlineData("c_codecs\nencode\n(V\u00ff\0\nVlatin1\ntR.")]
    [InlineData("c__builtin__\nbytes\n(V\u00ff\0\nVlatin-1\ntR.")]
    public void Bytes_are_read_in_every_spelling(string pickle)
    {
        Assert.Equal([0xff, 0], Assert.IsType<PickleBytes>(Read(pickle)).Memory.ToArray());
    }

    [Theory]
    [InlineData("(I1\nI2\nl.")]
    [InlineData("](K\u0001K\u0002e.")]
    [InlineData("]K\u0001aK\u0002a.")]
    public void Lists_are_read_in_every_spelling(string pickle)
    {
        Assert.Equal([1L, 2L], Assert.IsType<PickleList>(Read(pickle)));
    }

    [Theory]
    [InlineData("(K\u0001K\u0002t.")]
    [InlineData("K\u0001K\u0002\u0086.")]
    public void Tuples_are_read_in_every_spelling(string pickle)
    {
        Assert.Equal([1L, 2L], Assert.IsType<PickleTuple>(Read(pickle)));
        Assert.Empty(Assert.IsType<PickleTuple>(Read(").")));
        Assert.Equal([1L, null, true], Assert.IsType<PickleTuple>(Read("K\u0001N\u0088\u0087.")));
    }

    [Theory]
    [InlineData("(S'b'\nI1\nS'a'\nI2\nd.")]
    [InlineData("}(S'b'\nI1\nS'a'\nI2\nu.")]
    [InlineData("}S'b'\nI1\nsS'a'\nI2\ns.")]
    [InlineData("ccollections\nOrderedDict\n)R(S'b'\nI1\nS'a'\nI2\nu.")]
    [InlineData("ccollections\nOrderedDict\n((lp0\n(lp1\nS'b'\naI1\naa(lp2\nS'a'\naI2\naatR.")]
    [InlineData("(S'b'\nI1\nS'a'\nI2\nd0}(S'b'\nI1\nS'a'\nI2\nu.")]
    public void Dictionaries_keep_the_order_of_the_file(string pickle)
    {
        PickleDictionary dictionary = Assert.IsType<PickleDictionary>(Read(pickle));
        Assert.Equal(["b", "a"], dictionary.Keys);
        Assert.Equal(1L, dictionary["b"]);
        Assert.True(dictionary.TryGet("a", out long value));
        Assert.Equal(2, value);
        Assert.False(dictionary.TryGet("a", out string? _));
    }

    [Theory]
    [InlineData("\u008f(K\u0001K\u0002K\u0001\u0090.")]
    [InlineData("(K\u0001K\u0002\u0091.")]
    [InlineData("cbuiltins\nset\n](K\u0001K\u0002e\u0085R.")]
    [InlineData("c__builtin__\nfrozenset\n](K\u0001K\u0002e\u0085R.")]
    public void Sets_are_read_in_every_spelling(string pickle)
    {
        Assert.Equal([1L, 2L], Assert.IsType<PickleSet>(Read(pickle)).ToArray());
    }

    [Theory]
    [InlineData("]p5\n0g5\n.")]
    [InlineData("]q\u00050h\u0005.")]
    [InlineData("]r\u0005\0\0\00j\u0005\0\0\0.")]
    [InlineData("]\u00940h\0.")]
    [InlineData("]20.")]
    public void Values_are_remembered_and_shared(string pickle)
    {
        Assert.IsType<PickleList>(Read(pickle));
    }

    [Fact]
    public void A_list_may_contain_itself()
    {
        PickleList list = Assert.IsType<PickleList>(Read("]q\0h\0a."));
        Assert.Same(list, list[0]);
    }

    [Fact]
    public void Frames_are_followed()
    {
        Assert.Equal("a", Read("\u0080\u0004\u0095\u0004\0\0\0\0\0\0\0\u008c\u0001a."));
    }

    [Theory]
    [InlineData("cm\nC\n(K\u0001tR}S'x'\nK\u0002sb.")]
    [InlineData("cm\nC\n(K\u0001t\u0081}S'x'\nK\u0002sb.")]
    [InlineData("cm\nC\n(K\u0001t}\u0092}S'x'\nK\u0002sb.")]
    [InlineData("(cm\nC\nK\u0001o}S'x'\nK\u0002sb.")]
    [InlineData("(K\u0001im\nC\n}S'x'\nK\u0002sb.")]
    [InlineData("\u008c\u0001m\u008c\u0001C\u0093K\u0001\u0085R}S'x'\nK\u0002sb.")]
    public void Objects_of_allowed_classes_become_records_by_every_opcode(string pickle)
    {
        PickleAllowList allowed = new PickleAllowList().AllowRecord("m", "C");
        PickleRecord record = Assert.IsType<PickleRecord>(PickleReader.Read(Encoding.Latin1.GetBytes(pickle), allowed));
        Assert.Equal("m.C", record.Type.FullName);
        Assert.Equal([1L], record.Arguments);
        Assert.Equal(2L, Assert.IsType<PickleDictionary>(record.State)["x"]);
    }

    [Fact]
    public void Plain_objects_of_protocol_0_are_records_too()
    {
        PickleAllowList allowed = new PickleAllowList().With(PickleBuiltins.AddTo).AllowRecord("m", "C");
        byte[] pickle = Encoding.Latin1.GetBytes("ccopy_reg\n_reconstructor\n(cm\nC\nc__builtin__\nobject\nNtR.");
        Assert.Equal("m.C", Assert.IsType<PickleRecord>(PickleReader.Read(pickle, allowed)).Type.FullName);
    }

    [Theory]
    [InlineData("Pname\n.")]
    [InlineData("S'name'\nQ.")]
    public void Persistent_ids_are_supplied_by_the_caller(string pickle)
    {
        Assert.Equal("<name>", PickleReader.Read(Encoding.Latin1.GetBytes(pickle), Builtins, persistent: id => $"<{id}>"));
    }

    private static object? Read(string pickle) => PickleReader.Read(Encoding.Latin1.GetBytes(pickle), Builtins);
}
