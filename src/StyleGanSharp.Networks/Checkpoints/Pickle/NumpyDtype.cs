namespace StyleGanSharp.Networks.Checkpoints.Pickle;

/// <summary>A NumPy number format. Object, text and structured formats are refused when they are named.</summary>
public sealed class NumpyDtype : IPickleBuildable
{
    private NumpyDtype(ElementType element, bool bigEndian)
    {
        Element = element;
        BigEndian = bigEndian;
    }

    /// <summary>The number format apart from the byte order.</summary>
    public ElementType Element { get; }

    /// <summary>Whether the bytes of a number are stored most significant first.</summary>
    public bool BigEndian { get; private set; }

    /// <summary>numpy.dtype('f4', False, True) and the like.</summary>
    internal static NumpyDtype Create(PickleCall call)
    {
        call.RequireCount(1, 3);
        string name = call.Argument<string>(0, "format");
        string bare = name.TrimStart('<', '>', '=', '|');
        ElementType element = bare switch
        {
            "f2" => ElementType.Float16,
            "f4" => ElementType.Float32,
            "f8" => ElementType.Float64,
            "i1" => ElementType.Int8,
            "i2" => ElementType.Int16,
            "i4" => ElementType.Int32,
            "i8" => ElementType.Int64,
            "u1" => ElementType.UInt8,
            "u2" => ElementType.UInt16,
            "u4" => ElementType.UInt32,
            "u8" => ElementType.UInt64,
            "b1" or "?" => ElementType.Bool,
            _ when bare.StartsWith('O') => throw call.Error("A NumPy array of arbitrary objects is refused"),
            _ => throw call.Error($"NumPy format '{PickleText.Show(name)}' is not a number format that snapshots use"),
        };
        return new NumpyDtype(element, name.StartsWith('>'));
    }

    /// <summary>State (version, byte order, None, None, None, -1, -1, 0, ...): only the byte order matters for numbers.</summary>
    void IPickleBuildable.Build(object? state, PickleContext context)
    {
        if (state is not PickleTuple { Count: >= 5 and <= 9 } parts
            || parts[1] is not string order
            || order is not ("<" or ">" or "|" or "=")
            || parts[2] is not null || parts[3] is not null || parts[4] is not null)
        {
            throw new PickleException("The state of a numpy.dtype is not that of a number format", context.Offset);
        }

        BigEndian = order == ">";
    }
}
