using System.Numerics;

namespace StyleGanSharp.Networks.Checkpoints.Pickle;

/// <summary>
/// A value that can be a key: text, number, boolean, bytes, None or a flat tuple of those. Hashes are seeded per process and
/// lengths bounded, so that a file cannot choose keys that make a dictionary slow.
/// </summary>
internal readonly struct PickleKey : IEquatable<PickleKey>
{
    private PickleKey(object? value)
    {
        Value = value;
    }

    public object? Value { get; }

    public static PickleKey Of(string text) => new(text);

    public static bool TryCreate(object? value, int maxLength, out PickleKey key, out int length)
    {
        key = new PickleKey(value);
        length = 1;
        if (value is PickleTuple tuple)
        {
            return tuple.Count <= maxLength && FlatLength(tuple, maxLength, out length);
        }

        return IsScalar(value, out length) && length <= maxLength;
    }

    public bool Equals(PickleKey other) => Same(Value, other.Value);

    public override bool Equals(object? obj) => obj is PickleKey other && Equals(other);

    public override int GetHashCode()
    {
        if (Value is not PickleTuple tuple)
        {
            return Hash(Value);
        }

        HashCode hash = default;
        foreach (object? item in tuple)
        {
            hash.Add(Hash(item));
        }

        return hash.ToHashCode();
    }

    private static bool FlatLength(PickleTuple tuple, int maxLength, out int length)
    {
        length = 0;
        foreach (object? item in tuple)
        {
            if (!IsScalar(item, out int itemLength) || itemLength > maxLength || (length += itemLength) > maxLength)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsScalar(object? value, out int length)
    {
        length = value switch
        {
            string text => text.Length,
            PickleBytes bytes => bytes.Length,
            _ => 1,
        };

        // Foreign classes and objects are equal to themselves alone.
        return value is null or string or long or bool or double or BigInteger or PickleBytes
            or PickleGlobal { IsForeign: true } or PickleRecord { Type.IsForeign: true };
    }

    private static int Hash(object? value)
    {
        HashCode hash = default;
        if (value is PickleBytes bytes)
        {
            hash.AddBytes(bytes.Memory.Span);
        }
        else
        {
            // HashCode mixes in a random seed; the bare hash of a long is predictable.
            hash.Add(value is long number ? HashCode.Combine((int)number, (int)(number >> 32)) : value?.GetHashCode() ?? 0);
            if (value is double real)
            {
                long bits = BitConverter.DoubleToInt64Bits(real);
                hash.Add(HashCode.Combine((int)bits, (int)(bits >> 32)));
            }
        }

        return hash.ToHashCode();
    }

    private static bool Same(object? a, object? b) => (a, b) switch
    {
        (PickleBytes x, PickleBytes y) => x.Memory.Span.SequenceEqual(y.Memory.Span),
        (PickleTuple x, PickleTuple y) => x.Count == y.Count && x.Zip(y).All(pair => Same(pair.First, pair.Second)),
        _ => Equals(a, b),
    };
}
