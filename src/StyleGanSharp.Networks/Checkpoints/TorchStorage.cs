namespace StyleGanSharp.Networks.Checkpoints;

/// <summary>A block of numbers that one or several tensors of a PyTorch file look into: a slice of the file.</summary>
public sealed class TorchStorage
{
    internal TorchStorage(ElementType element, string key, long count)
    {
        Element = element;
        Key = key;
        Count = count;
    }

    /// <summary>The number format (an untyped storage counts as bytes).</summary>
    public ElementType Element { get; }

    /// <summary>The name of the storage inside its container.</summary>
    public string Key { get; }

    /// <summary>Number of elements.</summary>
    public long Count { get; }

    /// <summary>The numbers, little-endian: exactly <see cref="Count"/> elements once the container is read.</summary>
    public ReadOnlyMemory<byte> Data { get; internal set; }
}
