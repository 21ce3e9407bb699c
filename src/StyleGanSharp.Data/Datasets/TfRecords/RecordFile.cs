using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using StyleGanSharp.Data.Datasets.Storage;
using StyleGanSharp.Data.Files;

namespace StyleGanSharp.Data.Datasets.TfRecords;

/// <summary>
/// The frames of a TFRecord file: length (8 bytes), masked CRC-32C of these 8 bytes, payload, masked CRC-32C of the payload, all
/// little-endian (TensorFlow documentation, "TFRecord and tf.train.Example"). Opening looks at all lengths; payloads are checked
/// when they are read. Reading is safe from several threads.
/// </summary>
internal sealed class RecordFile : IDisposable
{
    private const int LengthBytes = 8;
    private const int CrcBytes = 4;
    private const int HeaderBytes = LengthBytes + CrcBytes;

    private readonly SafeFileHandle handle;
    private readonly List<long> offsets = [];   // Of payloads; of damaged records -1 minus the index of the problem.
    private readonly List<int> lengths = [];
    private readonly List<RecordProblem> problems = [];

    private RecordFile(string path, SafeFileHandle handle)
    {
        Path = path;
        this.handle = handle;
        FileLength = RandomAccess.GetLength(handle);
    }

    public string Path { get; }

    public long FileLength { get; }

    /// <summary>Records, damaged ones included as far as they could be told apart.</summary>
    public int Count => offsets.Count;

    /// <summary>Records whose frame is damaged, in ascending order.</summary>
    public IReadOnlyList<RecordProblem> Problems => problems;

    /// <summary>Whether records at the end are missing or lost.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Opens a file and looks at the lengths of all records.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static RecordFile Open(string path)
    {
        var file = new RecordFile(path, File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read));
        try
        {
            file.Index();
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Bytes of a record's payload; -1 where the frame is damaged.</summary>
    public int Length(int record) => lengths[record];

    /// <summary>How messages call a record.</summary>
    public string Describe(int record) => $"{Path}: record {record}";

    /// <summary>Reads a payload and compares its checksum.</summary>
    /// <returns>The bytes, in the buffer.</returns>
    /// <exception cref="InvalidDataException">The record is damaged; the message is a clause.</exception>
    public ReadOnlySpan<byte> Read(int record, ReadBuffer buffer)
    {
        if (offsets[record] < 0)
        {
            throw new InvalidDataException(problems[(int)(-1 - offsets[record])].Clause);
        }

        int length = lengths[record];
        Span<byte> bytes = buffer.File(length + CrcBytes);
        if (!Fill(bytes, offsets[record]))
        {
            throw new InvalidDataException("is cut off by the end of the file");
        }

        return MaskedCrc32C.Of(bytes[..length]) == BinaryPrimitives.ReadUInt32LittleEndian(bytes[length..])
            ? bytes[..length]
            : throw new InvalidDataException("has a wrong checksum (CRC) of its data");
    }

    public void Dispose() => handle.Dispose();

    private void Index()
    {
        int previous = -1;
        for (long at = 0; at < FileLength;)
        {
            bool complete = ReadLength(at, out long size, out bool isTrue);
            if (complete && isTrue && IsInside(at, size))
            {
                offsets.Add(at + HeaderBytes);
                lengths.Add((int)size);
                previous = (int)size;
            }
            else if (complete && !isTrue && Resumes(at, size, previous) is { } next)
            {
                // The length or its checksum is wrong, but the next record is where it has to be: only this one is lost.
                AddDamaged("has a wrong checksum (CRC) of its length");
                size = next;
            }
            else
            {
                AddDamaged(
                    !complete || isTrue
                        ? "is cut off by the end of the file"
                        : "has a wrong checksum (CRC) of its length, and where the next record begins cannot be told: "
                            + "everything behind it is lost");
                IsCut = true;
                return;
            }

            at += HeaderBytes + size + CrcBytes;
        }
    }

    private void AddDamaged(string clause)
    {
        problems.Add(new RecordProblem(Count, clause));
        offsets.Add(-problems.Count);
        lengths.Add(-1);
    }

    /// <summary>
    /// Which payload size makes another record, or the end of the file, follow: the declared one or that of the record before.
    /// </summary>
    private long? Resumes(long at, long declared, int previous)
    {
        foreach (long size in (ReadOnlySpan<long>)[declared, previous])
        {
            if (!IsInside(at, size))
            {
                continue;
            }

            long next = at + HeaderBytes + size + CrcBytes;
            if (next == FileLength || (ReadLength(next, out _, out bool isTrue) && isTrue))
            {
                return size;
            }
        }

        return null;
    }

    private bool IsInside(long at, long size) =>
        size >= 0 && size <= FileLimits.MaxFileBytes && size <= FileLength - at - HeaderBytes - CrcBytes;

    private bool ReadLength(long at, out long size, out bool isTrue)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        bool complete = Fill(header, at);
        size = complete ? BinaryPrimitives.ReadInt64LittleEndian(header) : -1;
        isTrue = complete
            && MaskedCrc32C.Of(header[..LengthBytes]) == BinaryPrimitives.ReadUInt32LittleEndian(header[LengthBytes..]);
        return complete;
    }

    private bool Fill(Span<byte> target, long offset)
    {
        for (int at = 0; at < target.Length;)
        {
            int read = RandomAccess.Read(handle, target[at..], offset + at);
            if (read == 0)
            {
                return false;
            }

            at += read;
        }

        return true;
    }
}
