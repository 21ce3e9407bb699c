using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using Microsoft.Win32.SafeHandles;
using StyleGanSharp.Data.Files;

namespace StyleGanSharp.Data.Datasets.Storage;

/// <summary>
/// The files of a zip archive, stored or deflated, in the order of their names as plain strings. The platform's reader serves one
/// thread and allocates for every entry; this one reads a stored image with one call to the system.
/// </summary>
internal sealed class ZipStore : IFileStore
{
    private const uint LocalSignature = 0x04034B50;
    private const int LocalLength = 30;
    private const int Deflated = 8;
    private const int CopyBytes = 1 << 16;

    // Fields that writers add to the local header only; a longer one costs a second read.
    private const int ExpectedLocalExtra = 32;

    private readonly SafeFileHandle handle;
    private readonly ZipEntry[] entries;
    private readonly string[] names;
    private readonly long origin;   // Where the archive begins in the file.
    private readonly long length;
    private readonly bool ownsHandle;

    private ZipStore(string path, SafeFileHandle handle, long origin, long length, bool ownsHandle)
    {
        Path = path;
        this.handle = handle;
        this.origin = origin;
        this.length = length;
        this.ownsHandle = ownsHandle;
        entries = ZipDirectory.Read(handle, origin, length);
        Array.Sort(entries, (a, b) => string.CompareOrdinal(a.Name, b.Name));
        names = Array.ConvertAll(entries, e => e.Name);
        for (int i = 1; i < names.Length; i++)
        {
            if (names[i] == names[i - 1])
            {
                throw new InvalidDataException($"holds two files named '{names[i]}'");
            }
        }
    }

    public string Path { get; }

    public IReadOnlyList<string> Names => names;

    /// <summary>Opens an archive and reads its directory.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no zip archive or a damaged one; the message is a clause.</exception>
    public static ZipStore Open(string path)
    {
        SafeFileHandle handle = OrdinaryFile.Open(path);
        try
        {
            return new ZipStore(path, handle, 0, RandomAccess.GetLength(handle), ownsHandle: true);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Opens an archive inside of this one: in its place when it is stored, else unpacked into a temporary file.
    /// </summary>
    /// <param name="index">Of <see cref="Names"/>.</param>
    /// <param name="budget">What may still be unpacked.</param>
    /// <returns>The archive; dispose it before this one.</returns>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="InvalidDataException">It is no zip archive or a damaged one; the message is a clause.</exception>
    public ZipStore OpenArchive(int index, ExpansionBudget budget)
    {
        ref readonly ZipEntry entry = ref entries[index];
        Span<byte> header = stackalloc byte[LocalLength];
        if (ReadAt(header, entry.HeaderOffset) < LocalLength || BinaryPrimitives.ReadUInt32LittleEndian(header) != LocalSignature)
        {
            throw new InvalidDataException("is not where the archive's directory says");
        }

        long start = entry.HeaderOffset + LocalLength + BinaryPrimitives.ReadUInt16LittleEndian(header[26..])
            + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
        if (entry.Packed > length - start)
        {
            throw new InvalidDataException("is cut off by the end of the archive");
        }

        if (entry.Method != Deflated)
        {
            return new ZipStore($"{Path}/{entry.Name}", handle, origin + start, entry.Packed, ownsHandle: false);
        }

        budget.Take(entry.Size);
        SafeFileHandle unpacked = Unpack(entry, origin + start);
        try
        {
            return new ZipStore($"{Path}/{entry.Name}", unpacked, 0, entry.Size, ownsHandle: true);
        }
        catch
        {
            unpacked.Dispose();
            throw;
        }
    }

    public long Length(int index) => entries[index].Size;

    public ReadOnlySpan<byte> ReadStart(int index, ReadBuffer buffer, int count)
    {
        ref readonly ZipEntry entry = ref entries[index];
        int wanted = (int)Math.Min(count, entry.Size);
        if (entry.Method != Deflated)
        {
            return ReadPacked(entry, buffer.File(Speculative(entry, wanted)), wanted);
        }

        // Deflate hardly ever expands: as many packed bytes hold the beginning, but for the tables in front of it.
        int packed = (int)Math.Min(entry.Packed, wanted + 1024L);
        ReadOnlySpan<byte> source = ReadPacked(entry, buffer.Packed(Speculative(entry, packed)), packed);
        Span<byte> target = buffer.File(wanted);
        Deflate.TryInflate(source, target, out int written);
        return target[..written];   // Damage shows when the whole file is read.
    }

    public ReadOnlySpan<byte> Read(int index, ReadBuffer buffer)
    {
        ref readonly ZipEntry entry = ref entries[index];
        if (entry.Size > FileLimits.MaxFileBytes || entry.Packed > FileLimits.MaxFileBytes)
        {
            throw new InvalidDataException(FileLimits.TooLarge(Math.Max(entry.Size, entry.Packed)));
        }

        int packed = (int)entry.Packed;
        ReadOnlySpan<byte> content;
        if (entry.Method != Deflated)
        {
            content = ReadPacked(entry, buffer.File(Speculative(entry, packed)), packed);
        }
        else
        {
            ReadOnlySpan<byte> source = ReadPacked(entry, buffer.Packed(Speculative(entry, packed)), packed);
            Span<byte> target = buffer.File((int)entry.Size);
            content = Deflate.TryInflate(source, target, out _)
                ? target
                : throw new InvalidDataException("holds damaged compressed data");
        }

        return Crc32.HashToUInt32(content) == entry.Crc
            ? content
            : throw new InvalidDataException("is damaged: its checksum is not the one in the archive");
    }

    public void Dispose()
    {
        if (ownsHandle)
        {
            handle.Dispose();
        }
    }

    /// <summary>Unpacks an entry into a file that is gone when it is closed.</summary>
    private SafeFileHandle Unpack(in ZipEntry entry, long start)
    {
        string temporary = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"stylegan-{Guid.NewGuid():N}.zip");
        SafeFileHandle target = File.OpenHandle(
            temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
        try
        {
            using var source = new DeflateStream(new FilePart(handle, start, entry.Packed), CompressionMode.Decompress);
            var memory = new byte[CopyBytes];
            var crc = new Crc32();
            long written = 0;
            for (int read = Next(source, memory); read > 0; read = Next(source, memory))
            {
                if (written + read > entry.Size)
                {
                    throw new InvalidDataException("holds damaged compressed data");
                }

                crc.Append(memory.AsSpan(0, read));
                RandomAccess.Write(target, memory.AsSpan(0, read), written);
                written += read;
            }

            return written == entry.Size && crc.GetCurrentHashAsUInt32() == entry.Crc
                ? target
                : throw new InvalidDataException("is damaged: its checksum is not the one in the archive");
        }
        catch
        {
            target.Dispose();
            throw;
        }
    }

    /// <summary>Reads on; the platform's sentence about damage becomes our clause.</summary>
    private static int Next(DeflateStream source, byte[] memory)
    {
        try
        {
            return source.Read(memory);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException("holds damaged compressed data", exception);
        }
    }

    private static int Speculative(in ZipEntry entry, int packed) =>
        checked(LocalLength + entry.NameLength + ExpectedLocalExtra + packed);

    /// <summary>Local header and content in one read; where the content begins is only known then.</summary>
    private ReadOnlySpan<byte> ReadPacked(in ZipEntry entry, Span<byte> memory, int count)
    {
        int read = ReadAt(memory, entry.HeaderOffset);
        if (read < LocalLength || BinaryPrimitives.ReadUInt32LittleEndian(memory) != LocalSignature)
        {
            throw new InvalidDataException("is not where the archive's directory says");
        }

        int start = LocalLength + BinaryPrimitives.ReadUInt16LittleEndian(memory[26..])
            + BinaryPrimitives.ReadUInt16LittleEndian(memory[28..]);
        if (start + (long)count <= read)
        {
            return memory.Slice(start, count);
        }

        Span<byte> again = memory[..count];
        return ReadAt(again, entry.HeaderOffset + start) == count
            ? again
            : throw new InvalidDataException("is cut off by the end of the archive");
    }

    private int ReadAt(Span<byte> target, long offset)
    {
        int at = 0;
        target = target[..(int)Math.Clamp(length - offset, 0, target.Length)];
        while (at < target.Length)
        {
            int read = RandomAccess.Read(handle, target[at..], origin + offset + at);
            if (read == 0)
            {
                break;
            }

            at += read;
        }

        return at;
    }
}
