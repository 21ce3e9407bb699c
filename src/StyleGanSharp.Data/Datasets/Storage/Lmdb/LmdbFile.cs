using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace StyleGanSharp.Data.Datasets.Storage.Lmdb;

/// <summary>
/// The main table of an LMDB file (data.mdb), as 64-bit little-endian machines write it. Source: the structures of lmdb's mdb.c,
/// which its documentation calls the on-disk format. Every page number, offset and size is compared with the file before it is
/// used, and no page is visited twice, so that a damaged file ends in a sentence. The file is read, not mapped: a mapped file
/// that is cut off while it is used would end the program.
/// </summary>
internal sealed class LmdbFile : IDisposable
{
    private const uint Magic = 0xBEEFC0DE;
    private const uint Version = 1;
    private const int HeaderBytes = 16;        // Of a page: number, padding, flags, bounds of the free space or count of pages.
    private const int NodeBytes = 8;
    private const int MetaBytes = 136;
    private const int MainTable = 48 + 24;     // In a meta page behind its header: magic to map size, then two tables of 48 bytes.
    private const int MaxDepth = 32;           // lmdb's own limit of its cursors.
    private const ulong NoPage = ulong.MaxValue;

    private const int BranchPage = 0x01;
    private const int LeafPage = 0x02;
    private const int OverflowPage = 0x04;
    private const int OddPages = 0x20 | 0x40;  // Of tables with several values for a key.

    private const int OnOverflow = 0x01;
    private const int TableOrDuplicates = 0x02 | 0x04;

    private readonly SafeFileHandle handle;
    private readonly long length;
    private readonly int pageSize;
    private readonly List<long> nodes = [];    // Offsets in the file, in the order of the keys.

    private LmdbFile(SafeFileHandle handle)
    {
        this.handle = handle;
        length = RandomAccess.GetLength(handle);
        (pageSize, int depth, ulong root, ulong entries) = ReadMeta();
        if (root != NoPage)
        {
            Walk(root, Math.Min(depth, MaxDepth), new HashSet<ulong>());
        }

        if ((ulong)nodes.Count != entries)
        {
            throw new InvalidDataException($"is a damaged LMDB file: it declares {entries} entries and holds {nodes.Count}");
        }
    }

    /// <summary>Number of entries.</summary>
    public int Count => nodes.Count;

    /// <summary>Opens a file and finds all entries; values are not read.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no LMDB file or a damaged one; the message is a clause.</exception>
    public static LmdbFile Open(string path)
    {
        SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        try
        {
            return new LmdbFile(handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>The key of an entry, at most 65,535 bytes.</summary>
    public byte[] Key(int index)
    {
        Span<byte> node = stackalloc byte[NodeBytes];
        Fill(node, nodes[index]);
        var key = new byte[BinaryPrimitives.ReadUInt16LittleEndian(node[6..])];
        Fill(key, nodes[index] + NodeBytes);
        return key;
    }

    /// <summary>The value of an entry, or its beginning.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <param name="buffer">Takes the bytes.</param>
    /// <param name="most">How many bytes at most; null: all.</param>
    /// <exception cref="InvalidDataException">The value is damaged or too large; the message is a clause.</exception>
    public ReadOnlySpan<byte> Value(int index, ReadBuffer buffer, int? most = null)
    {
        Span<byte> node = stackalloc byte[NodeBytes];
        Fill(node, nodes[index]);
        long size = BinaryPrimitives.ReadUInt32LittleEndian(node);
        int flags = BinaryPrimitives.ReadUInt16LittleEndian(node[4..]);
        long at = nodes[index] + NodeBytes + BinaryPrimitives.ReadUInt16LittleEndian(node[6..]);
        if ((flags & TableOrDuplicates) != 0)
        {
            throw new InvalidDataException("is a table of its own, not an image");
        }

        if (size > FileLimits.MaxFileBytes)
        {
            throw new InvalidDataException(FileLimits.TooLarge(size));
        }

        if ((flags & OnOverflow) != 0)
        {
            at = Overflow(at, size);
        }
        else if ((at % pageSize) + size > pageSize)
        {
            throw new InvalidDataException("does not fit into its page: the file is damaged");
        }

        Span<byte> value = buffer.File((int)Math.Min(size, most ?? size));
        Fill(value, at);
        return value;
    }

    public void Dispose() => handle.Dispose();

    /// <summary>The newer one of the two meta pages that are whole.</summary>
    private (int PageSize, int Depth, ulong Root, ulong Entries) ReadMeta()
    {
        (int PageSize, int Depth, ulong Root, ulong Entries, ulong Transaction)? newest = null;
        Span<byte> meta = stackalloc byte[HeaderBytes + MetaBytes];
        long second = 0;
        for (int i = 0; i < 2; i++)
        {
            long at = i == 0 ? 0 : second;
            if (at + meta.Length > length || (i == 1 && second == 0))
            {
                break;
            }

            Fill(meta, at);
            ReadOnlySpan<byte> body = meta[HeaderBytes..];
            if (BinaryPrimitives.ReadUInt32LittleEndian(body) != Magic)
            {
                if (i == 0)
                {
                    throw new InvalidDataException(Foreign(meta));
                }

                continue;
            }

            if (BinaryPrimitives.ReadUInt32LittleEndian(body[4..]) is not Version and var version)
            {
                throw new InvalidDataException($"is an LMDB file of version {version}; {Version} can be read");
            }

            uint size = BinaryPrimitives.ReadUInt32LittleEndian(body[24..]);
            if (size is < 256 or > 1 << 16 || (size & (size - 1)) != 0)
            {
                throw new InvalidDataException($"is a damaged LMDB file: it declares pages of {size} bytes");
            }

            second = size;
            ReadOnlySpan<byte> table = body[MainTable..];
            ulong transaction = BinaryPrimitives.ReadUInt64LittleEndian(body[128..]);
            if (newest is null || transaction > newest.Value.Transaction)
            {
                newest = ((int)size, BinaryPrimitives.ReadUInt16LittleEndian(table[6..]), BinaryPrimitives.ReadUInt64LittleEndian(
                    table[40..]),
                    BinaryPrimitives.ReadUInt64LittleEndian(table[32..]), transaction);
            }
        }

        return newest is var (pageSize, depth, root, entries, _)
            ? (pageSize, depth, root, entries)
            : throw new InvalidDataException("is not an LMDB file, or a truncated one");
    }

    private static string Foreign(ReadOnlySpan<byte> start)
    {
        // Pages of 32-bit machines have a shorter header; others store numbers the other way round.
        bool isShort = BinaryPrimitives.ReadUInt32LittleEndian(start[12..]) == Magic;
        bool isReversed = BinaryPrimitives.ReadUInt32BigEndian(start[HeaderBytes..]) == Magic;
        return isShort || isReversed
            ? "was written by a machine with numbers of another size or order: copy it with mdb_dump there and mdb_load here"
            : "is not an LMDB file";
    }

    private void Walk(ulong number, int depth, HashSet<ulong> visited)
    {
        if (depth < 1 || !visited.Add(number))
        {
            throw new InvalidDataException($"is a damaged LMDB file: its pages lead in a circle at page {number}");
        }

        byte[] page = ReadPage(number);
        int flags = BinaryPrimitives.ReadUInt16LittleEndian(page.AsSpan(10));
        int lower = BinaryPrimitives.ReadUInt16LittleEndian(page.AsSpan(12));
        if ((flags & OddPages) != 0 || (flags & (BranchPage | LeafPage)) is not (BranchPage or LeafPage)
            || BinaryPrimitives.ReadUInt64LittleEndian(page) != number || lower < HeaderBytes || lower > pageSize)
        {
            throw new InvalidDataException($"is a damaged LMDB file: page {number} is not a page of its tree");
        }

        for (int pointer = HeaderBytes; pointer + sizeof(ushort) <= lower; pointer += sizeof(ushort))
        {
            int at = BinaryPrimitives.ReadUInt16LittleEndian(page.AsSpan(pointer));
            if (at < lower || at + NodeBytes > pageSize
                || at + NodeBytes + BinaryPrimitives.ReadUInt16LittleEndian(page.AsSpan(at + 6)) > pageSize)
            {
                throw new InvalidDataException($"is a damaged LMDB file: an entry of page {number} lies outside of the page");
            }

            if ((flags & LeafPage) != 0)
            {
                nodes.Add(((long)number * pageSize) + at);
            }
            else
            {
                // The number of a lower page takes the place of size and flags.
                ulong child = BinaryPrimitives.ReadUInt32LittleEndian(page.AsSpan(at))
                    | ((ulong)BinaryPrimitives.ReadUInt16LittleEndian(page.AsSpan(at + 4)) << 32);
                Walk(child, depth - 1, visited);
            }
        }
    }

    private byte[] ReadPage(ulong number)
    {
        if (number < 2 || number >= (ulong)(length / pageSize))
        {
            throw new InvalidDataException(
                $"is a truncated or damaged LMDB file: page {number} of its tree lies behind its end at "
                    + $"{length} bytes; copy it again");
        }

        var page = new byte[pageSize];
        Fill(page, (long)number * pageSize);
        return page;
    }

    /// <summary>Where a value on pages of its own begins.</summary>
    private long Overflow(long at, long size)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        if ((at % pageSize) + sizeof(ulong) > pageSize)
        {
            throw new InvalidDataException("does not fit into its page: the file is damaged");
        }

        Fill(header[..sizeof(ulong)], at);
        ulong number = BinaryPrimitives.ReadUInt64LittleEndian(header);
        if (number < 2 || number >= (ulong)(length / pageSize) || ((long)number * pageSize) + HeaderBytes + size > length)
        {
            throw new InvalidDataException("lies behind the end of the file, which is truncated: copy it again");
        }

        Fill(header, (long)number * pageSize);
        return (BinaryPrimitives.ReadUInt16LittleEndian(header[10..]) & OverflowPage) != 0
            && BinaryPrimitives.ReadUInt64LittleEndian(header) == number
            && HeaderBytes + size <= (long)BinaryPrimitives.ReadUInt32LittleEndian(header[12..]) * pageSize
            ? ((long)number * pageSize) + HeaderBytes
            : throw new InvalidDataException($"is not where the file says: page {number} is damaged");
    }

    private void Fill(Span<byte> target, long offset)
    {
        for (int at = 0; at < target.Length;)
        {
            int read = RandomAccess.Read(handle, target[at..], offset + at);
            if (read == 0)
            {
                throw new InvalidDataException("is cut off by the end of the file");
            }

            at += read;
        }
    }
}
