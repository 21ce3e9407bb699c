using System.Runtime.ExceptionServices;
using Microsoft.Win32.SafeHandles;

namespace StyleGanSharp.Torch.IO;

/// <summary>
/// An open safetensors file whose header is read and checked, while its tensors are read one by one: a caller can refuse what it
/// finds before any of them takes memory.
/// </summary>
public sealed class SafetensorsSource : IDisposable
{
    // Reading is copying from the system's cache into fresh memory, which several cores do faster than one.
    private const int PartBytes = 4 << 20;

    private readonly FileStream stream;
    private readonly SafeFileHandle handle;
    private readonly string path;
    private readonly long dataBegin;

    internal SafetensorsSource(
        FileStream stream, string path, long dataBegin, IReadOnlyDictionary<string, SafetensorsEntry> entries,
        IReadOnlyDictionary<string, string> metadata)
    {
        // Asked for once: whoever asks a stream for its handle makes it flush and seek, which several threads must not do at a
        // time.
        (this.stream, handle, this.path, this.dataBegin) = (stream, stream.SafeFileHandle, path, dataBegin);
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
        Fill(entry, name, tensor);
        return scope.Keep(tensor);
    }

    /// <summary>Reads one tensor into another, straight into its memory where both are alike.</summary>
    /// <param name="name">One of <see cref="Entries"/>.</param>
    /// <param name="target">Of the same shape; its elements are converted to its type.</param>
    /// <inheritdoc cref="Read"/>
    public void ReadInto(string name, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(target);
        SafetensorsEntry entry = Entries[name];
        if (target.DType == entry.Type && target.Device.Type == DeviceType.Cpu && target.IsContiguous
            && target.Shape.SequenceEqual([.. entry.Shape]))
        {
            Fill(entry, name, target);
            return;
        }

        using var scope = new TensorScope();
        target.CopyInPlace(Read(name));
    }

    private void Fill(SafetensorsEntry entry, string name, Tensor tensor)
    {
        long parts = (entry.End - entry.Begin + PartBytes - 1) / PartBytes;
        void FillPart(long part)
        {
            long begin = part * PartBytes;
            Span<byte> bytes = tensor.BytesFrom(begin);
            bytes = bytes[..Math.Min(bytes.Length, PartBytes)];
            ReadExactly(bytes, dataBegin + entry.Begin + begin);
            if (entry.Type == DType.Bool && bytes.ContainsAnyExceptInRange((byte)0, (byte)1))
            {
                throw SafetensorsReader.Bad(path, $"'{name}' has truth values other than 0 and 1");
            }
        }

        if (parts <= 1)
        {
            FillPart(0);
            return;
        }

        try
        {
            Parallel.For(0, parts, FillPart);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }

    private void ReadExactly(Span<byte> bytes, long position)
    {
        while (!bytes.IsEmpty)
        {
            int count = RandomAccess.Read(handle, bytes, position);
            if (count == 0)
            {
                throw new EndOfStreamException($"{path} became shorter while it was read");
            }

            bytes = bytes[count..];
            position += count;
        }
    }

    /// <summary>The bytes of a small tensor as they are; libtorch is not needed.</summary>
    /// <param name="name">One of <see cref="Entries"/>, smaller than 2 GiB.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public byte[] ReadBytes(string name)
    {
        SafetensorsEntry entry = Entries[name];
        var bytes = new byte[checked((int)(entry.End - entry.Begin))];
        ReadExactly(bytes, dataBegin + entry.Begin);
        return bytes;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => stream.Dispose();
}
