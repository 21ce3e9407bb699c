namespace StyleGanSharp.Torch;

/// <summary>
/// One argument of an operator call: a tensor (or null for an absent one), a number, a truth value, a text, a list, a device or a
/// generator. Converts implicitly from each of these.
/// </summary>
public readonly struct Argument
{
    internal readonly object? Reference;
    internal readonly long Integer;
    internal readonly double Real;
    internal readonly Interop.NativeTag Tag;

    private Argument(Interop.NativeTag tag, object? reference = null, long integer = 0, double real = 0)
    {
        Tag = tag;
        Reference = reference;
        Integer = integer;
        Real = real;
    }

    /// <summary>An absent optional argument.</summary>
    public static Argument None => default;

    /// <summary>A tensor; null: an absent one.</summary>
    public static implicit operator Argument(Tensor? value) =>
        value is null ? default : new(Interop.NativeTag.Tensor, value);

    /// <summary>An integer.</summary>
    public static implicit operator Argument(long value) => new(Interop.NativeTag.Int, integer: value);

    /// <summary>An integer.</summary>
    public static implicit operator Argument(int value) => new(Interop.NativeTag.Int, integer: value);

    /// <summary>A floating-point number.</summary>
    public static implicit operator Argument(double value) => new(Interop.NativeTag.Double, real: value);

    /// <summary>A truth value.</summary>
    public static implicit operator Argument(bool value) => new(Interop.NativeTag.Bool, integer: value ? 1 : 0);

    /// <summary>A text.</summary>
    public static implicit operator Argument(string? value) =>
        value is null ? default : new(Interop.NativeTag.String, value);

    /// <summary>A list of integers.</summary>
    public static implicit operator Argument(long[]? value) => value is null ? default : new(Interop.NativeTag.IntList, value);

    /// <summary>A list of floating-point numbers.</summary>
    public static implicit operator Argument(double[]? value) =>
        value is null ? default : new(Interop.NativeTag.DoubleList, value);

    /// <summary>A list of truth values.</summary>
    public static implicit operator Argument(bool[]? value) => value is null ? default : new(Interop.NativeTag.BoolList, value);

    /// <summary>A list of tensors.</summary>
    public static implicit operator Argument(Tensor?[]? value) =>
        value is null ? default : new(Interop.NativeTag.TensorList, value);

    /// <summary>An element type.</summary>
    public static implicit operator Argument(DType value) => new(Interop.NativeTag.Int, integer: (long)value);

    /// <summary>A device.</summary>
    public static implicit operator Argument(Device value) =>
        new(Interop.NativeTag.Device, integer: ((long)value.Type << 32) | (uint)value.Index);

    /// <summary>A random generator; null: libtorch's own.</summary>
    public static implicit operator Argument(RandomGenerator? value) =>
        value is null ? default : new(Interop.NativeTag.Generator, value);

    internal string Describe() => Reference switch
    {
        Tensor tensor => Shape.Format(tensor.Shape),
        Tensor?[] tensors => $"[{string.Join(", ", tensors.Select(t => t is null ? "-" : Shape.Format(t.Shape)))}]",
        long[] list => $"[{string.Join(", ", list)}]",
        double[] list => $"[{string.Join(", ", list)}]",
        bool[] list => $"[{string.Join(", ", list)}]",
        string text => $"\"{text}\"",
        RandomGenerator => "generator",
        _ => Tag switch
        {
            Interop.NativeTag.Int => Integer.ToString(),
            Interop.NativeTag.Bool => Integer != 0 ? "true" : "false",
            Interop.NativeTag.Double => Real.ToString("R"),
            Interop.NativeTag.Device => "device",
            _ => "-",
        },
    };
}
