using System.Buffers.Binary;
using StyleGanSharp.Networks.Checkpoints.Pickle;

namespace StyleGanSharp.Networks.Checkpoints.PyTorch;

/// <summary>
/// PyTorch's zip container: NAME/data.pkl and NAME/data/KEY, all stored without compression, so storages are slices of the
/// file. Source: the zip format (APPNOTE 4.3) and the layout described for torch.save.
/// </summary>
internal sealed class TorchZip
{
    private const int MaxEntries = 65_534;
    private const int MaxNameLength = 1024;
    private const int EndRecord = 22;
    private const int CentralRecord = 46;
    private const int LocalRecord = 30;

    private readonly ReadOnlyMemory<byte> file;
    private readonly Dictionary<string, (long Header, long Length)> entries = [];

    private TorchZip(ReadOnlyMemory<byte> file)
    {
        this.file = file;
        ReadDirectory();
    }

    /// <summary>Whether the bytes begin like a zip archive.</summary>
    public static bool IsZip(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("PK\u0003\u0004"u8) || bytes.StartsWith("PK\u0005\u0006"u8);

    /// <summary>Reads the object of a container.</summary>
    /// <exception cref="PickleException">The archive is damaged, is no torch container, or its pickle is refused.</exception>
    public static object? Read(ReadOnlyMemory<byte> file, PickleAllowList allowed, PickleBudget budget)
    {
        TorchZip zip = new(file);
        string[] pickles = [.. zip.entries.Keys.Where(name => name.EndsWith("/data.pkl", StringComparison.Ordinal))];
        if (pickles.Length != 1)
        {
            throw new PickleException("This is a zip archive but not a PyTorch file: it has no data.pkl", 0);
        }

        string folder = pickles[0][..^"data.pkl".Length];
        if (zip.entries.ContainsKey($"{folder}byteorder") && !zip.Bytes($"{folder}byteorder").Span.SequenceEqual("little"u8))
        {
            throw new PickleException("The PyTorch file was written on a big-endian machine", 0);
        }

        Dictionary<string, TorchStorage> storages = [];
        PickleMachine machine = new(
            new PickleInput(zip.Bytes(pickles[0])), allowed, budget, (id, here) => TorchStream.Storage(id, storages, 5, here));
        object? result = machine.Run();
        foreach (TorchStorage storage in storages.Values)
        {
            storage.Data = zip.Bytes($"{folder}data/{storage.Key}");
            if (storage.Data.Length != (Int128)storage.Count * storage.Element.Size())
            {
                throw new PickleException(
                    $"A torch storage of {storage.Count} elements has {storage.Data.Length} bytes of data", 0);
            }
        }

        return result;
    }

    private ReadOnlyMemory<byte> Bytes(string name)
    {
        if (!entries.TryGetValue(name, out (long Header, long Length) entry))
        {
            throw new PickleException($"The PyTorch file lacks its part {PickleText.Show(name)}", 0);
        }

        ReadOnlySpan<byte> header = Slice(entry.Header, LocalRecord).Span;
        if (!header.StartsWith("PK\u0003\u0004"u8))
        {
            throw Damaged(entry.Header);
        }

        long start = entry.Header + LocalRecord + UInt16(header, 26) + UInt16(header, 28);
        return Slice(start, entry.Length);
    }

    private void ReadDirectory()
    {
        // The end record lies within the last 64 KiB plus its own size; the search goes backwards past a comment.
        ReadOnlySpan<byte> tail = file.Span[Math.Max(0, file.Length - 65_535 - EndRecord)..];
        int found = tail.LastIndexOf("PK\u0005\u0006"u8);
        if (found < 0 || tail.Length - found < EndRecord)
        {
            throw new PickleException("The zip archive has no directory: the file is cut off", file.Length);
        }

        ReadOnlySpan<byte> end = tail[found..];
        int count = UInt16(end, 10);
        long position = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
        if (count > MaxEntries)
        {
            throw new PickleException("The zip archive has more parts than any snapshot", file.Length);
        }

        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> record = Slice(position, CentralRecord).Span;
            int nameLength = UInt16(record, 28);
            if (!record.StartsWith("PK\u0001\u0002"u8) || nameLength > MaxNameLength)
            {
                throw Damaged(position);
            }

            string name = PickleText.Utf8(Slice(position + CentralRecord, nameLength).Span, position);
            uint packed = BinaryPrimitives.ReadUInt32LittleEndian(record[20..]);
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(record[24..]);
            bool stored = UInt16(record, 10) == 0 && (UInt16(record, 8) & 1) == 0 && packed == length;
            if (stored && !entries.TryAdd(name, (BinaryPrimitives.ReadUInt32LittleEndian(record[42..]), length)))
            {
                throw new PickleException($"The zip archive has two parts named {PickleText.Show(name)}", position);
            }

            position += CentralRecord + nameLength + UInt16(record, 30) + UInt16(record, 32);
        }
    }

    private ReadOnlyMemory<byte> Slice(long start, long length) => start >= 0 && length <= file.Length - start
        ? file.Slice((int)start, (int)length)
        : throw Damaged(start);

    private static int UInt16(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[offset..]);

    private static PickleException Damaged(long offset) => new("The zip archive is damaged", offset);
}
