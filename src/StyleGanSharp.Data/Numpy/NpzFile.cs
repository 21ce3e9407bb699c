using System.IO.Compression;
using StyleGanSharp.Data.Files;

namespace StyleGanSharp.Data.Numpy;

/// <summary>
/// A .npz archive: a zip of .npy files, stored or deflated; keys may contain <c>/</c>. Arrays are read when asked for, one at a
/// time
/// (safe to call from several threads); entries that are not .npy files are left alone.
/// </summary>
public sealed class NpzFile : IDisposable
{
    // Deflate cannot do better than 1032:1 (RFC 1951: 258 bytes from 2 bits); a larger claim is a lie.
    private const long MaxDeflateRatio = 1032;
    private const string Extension = ".npy";

    // Zip has no year before 1980; a fixed time keeps the same arrays the same bytes.
    private static readonly DateTimeOffset FixedTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Lock access = new();
    private readonly ZipArchive archive;
    private readonly Dictionary<string, ZipArchiveEntry> entries = new(StringComparer.Ordinal);
    private readonly List<string> keys = [];
    private readonly long maxBytes;

    private NpzFile(ZipArchive archive, string path, long maxBytes)
    {
        this.archive = archive;
        this.maxBytes = maxBytes;
        Path = path;
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            if (!entry.FullName.EndsWith(Extension, StringComparison.Ordinal))
            {
                continue;
            }

            string key = entry.FullName[..^Extension.Length];
            if (!entries.TryAdd(key, entry))
            {
                throw new NumpyFileException(path, $"{path} holds two arrays named '{key}'.");
            }

            keys.Add(key);
        }
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The names of the arrays, in the order of the archive.</summary>
    public IReadOnlyList<string> Keys => keys;

    /// <summary>Opens an archive and reads its directory.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxBytes">
    /// Largest accepted size of one array; the default is what one array in memory can hold (2 GiB).
    /// </param>
    /// <returns>The archive; dispose it.</returns>
    /// <exception cref="NumpyFileException">
    /// The file is missing, unreadable or no zip archive, or two arrays share a name.
    /// </exception>
    public static NpzFile Open(string path, long maxBytes = int.MaxValue)
    {
        FileStream stream = NpyFile.OpenRead(path);
        ZipArchive? archive = null;
        try
        {
            archive = new ZipArchive(stream, ZipArchiveMode.Read);
            return new NpzFile(archive, path, maxBytes);
        }
        catch (Exception exception)
        {
            archive?.Dispose();
            stream.Dispose();
            if (exception is InvalidDataException || FileFault.IsFileFault(exception))
            {
                throw new NumpyFileException(
                    path, $"{path} is not a NumPy .npz archive: it is not a zip file or a truncated one.", exception);
            }

            throw;
        }
    }

    /// <summary>Whether the archive has an array of that name.</summary>
    /// <param name="key">The name, without .npy.</param>
    /// <returns>True when <see cref="Read"/> would find it.</returns>
    public bool Contains(string key) => entries.ContainsKey(key);

    /// <summary>Reads one array and checks its checksum.</summary>
    /// <param name="key">The name, without .npy.</param>
    /// <returns>The array, in C order and the machine's byte order.</returns>
    /// <exception cref="NumpyFileException">
    /// There is no such array, or it is malformed, damaged, truncated, too large or of a refused type.
    /// </exception>
    public NumpyArray Read(string key)
    {
        ZipArchiveEntry entry = entries.TryGetValue(key, out ZipArchiveEntry? found) ? found : throw new NumpyFileException(
            Path, $"{Path} has no array '{key}'; it has {Listing()}.");
        string name = $"'{key}' in {Path}";
        lock (access)
        {
            try
            {
                using var stream = new Crc32Stream(entry.Open());
                NumpyArray array = NpyFile.Read(stream, Available(entry), name, maxBytes);
                return stream.Crc == entry.Crc32
                    ? array
                    : throw new NumpyFileException(name, $"{name} is damaged: its checksum differs.");
            }
            catch (Exception exception) when (exception is InvalidDataException || FileFault.IsFileFault(exception))
            {
                throw new NumpyFileException(name, $"{name} is damaged: {exception.Message.TrimEnd('.')}.", exception);
            }
        }
    }

    /// <summary>Reads every array of an archive.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxBytes">
    /// Largest accepted size of one array; the default is what one array in memory can hold (2 GiB).
    /// </param>
    /// <returns>The arrays by name.</returns>
    /// <exception cref="NumpyFileException">The archive or one of its arrays cannot be read.</exception>
    public static Dictionary<string, NumpyArray> ReadAll(string path, long maxBytes = int.MaxValue)
    {
        using NpzFile file = Open(path, maxBytes);
        return file.Keys.ToDictionary(key => key, file.Read, StringComparer.Ordinal);
    }

    /// <summary>Writes an archive, beside its name first and then renamed. The same arrays give the same bytes.</summary>
    /// <param name="path">The file, in an existing folder.</param>
    /// <param name="arrays">Names (without .npy) and arrays, in the order they are stored.</param>
    /// <param name="compression">Stored, as NumPy's savez does, or deflated.</param>
    /// <exception cref="ArgumentException">A name is empty or repeated.</exception>
    /// <exception cref="NumpyFileException">The file cannot be written.</exception>
    public static void Write(
        string path, IEnumerable<KeyValuePair<string, NumpyArray>> arrays,
        CompressionLevel compression = CompressionLevel.NoCompression)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(arrays);
        try
        {
            AtomicFile.Write(path, stream => WriteEntries(stream, arrays, compression));
        }
        catch (Exception exception) when (FileFault.IsFileFault(exception))
        {
            throw new NumpyFileException(path, FileFault.DescribeWrite(exception, path), exception);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => archive.Dispose();

    private static void WriteEntries(
        Stream stream, IEnumerable<KeyValuePair<string, NumpyArray>> arrays, CompressionLevel compression)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string key, NumpyArray array) in arrays)
        {
            if (string.IsNullOrEmpty(key) || !names.Add(key))
            {
                throw new ArgumentException($"The array name '{key}' is empty or repeated.", nameof(arrays));
            }

            ZipArchiveEntry entry = archive.CreateEntry(key + Extension, compression);
            entry.LastWriteTime = FixedTime;
            using Stream content = entry.Open();
            NpyFormat.Write(content, array);
        }
    }

    /// <summary>The bytes that an entry can really expand to, whatever it declares.</summary>
    private static long Available(ZipArchiveEntry entry)
    {
        long most = Math.Min(entry.CompressedLength, long.MaxValue / MaxDeflateRatio) * MaxDeflateRatio;
        return Math.Min(entry.Length, most);
    }

    private string Listing()
    {
        const int shown = 8;
        string list = string.Join(", ", keys.Take(shown).Select(key => $"'{key}'"));
        return keys.Count == 0 ? "none" : keys.Count > shown ? $"{list} and {keys.Count - shown} more" : list;
    }
}
