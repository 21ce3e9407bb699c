namespace StyleGanSharp.Torch.IO;

/// <summary>
/// An open safetensors file whose header is read and checked, while its tensors are read one by one: a caller can refuse what it finds
/// before any of them takes memory.
/// </summary>
public sealed class SafetensorsSource : IDisposable
{
    private readonly Stream stream;
    private readonly string path;
    private readonly long dataBegin;

    internal SafetensorsSource(
        Stream stream, string path, long dataBegin, IReadOnlyDictionary<string, SafetensorsEntry> entries,
        IReadOnlyDictionary<string, string> metadata)
    {
        (this.stream, this.path, this.dataBegin) = (stream, path, dataBegin);
        (Entries, Metadata) = (entries, metadata);
    }

    /// <summary>What the file holds by name, in the order of the header.</summary>
    public IReadOnlyDictionary<string, SafetensorsEntry> Entries { get; }

    /// <summary>Texts by name.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Reads one tensor to the CPU.</summary>
    /// <param name="name">One of <see cref="Entries"/>.</param>
    /// <exception cref="SafetensorsException">Its elements are damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public Tensor Read(string name)
    {
        SafetensorsEntry entry = Entries[name];
        using var scope = new TensorScope();
        Tensor tensor = Tensor.Empty([.. entry.Shape], entry.Type);
        stream.Position = dataBegin + entry.Begin;

        // Straight into the tensor, part by part: it may be larger than an array can be.
        for (long begin = 0; tensor.BytesFrom(begin) is { IsEmpty: false } part; begin += part.Length)
        {
            stream.ReadExactly(part);
            if (entry.Type == DType.Bool && part.ContainsAnyExceptInRange((byte)0, (byte)1))
            {
                throw SafetensorsReader.Bad(path, $"'{name}' has truth values other than 0 and 1");
            }
        }

        return scope.Keep(tensor);
    }

    /// <summary>The bytes of a small tensor as they are; libtorch is not needed.</summary>
    /// <param name="name">One of <see cref="Entries"/>, smaller than 2 GiB.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public byte[] ReadBytes(string name)
    {
        SafetensorsEntry entry = Entries[name];
        var bytes = new byte[checked((int)(entry.End - entry.Begin))];
        stream.Position = dataBegin + entry.Begin;
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => stream.Dispose();
}
