using System.Collections;
using System.Text;
using StyleGanSharp.Data.Files;

namespace StyleGanSharp.Data.Datasets.Storage.Lmdb;

/// <summary>
/// The entries of an LMDB file as files, in the order of their keys: LSUN (Yu et al. 2015) comes as such files, whose values are whole
/// encoded pictures.
/// </summary>
internal sealed class LmdbStore : IFileStore
{
    private const string FileName = "data.mdb";

    private readonly LmdbFile file;

    private LmdbStore(string path, LmdbFile file)
    {
        Path = path;
        this.file = file;
        Names = new KeyNames(file);
    }

    public string Path { get; }

    public IReadOnlyList<string> Names { get; }

    /// <summary>Whether a path is such a file or a folder with one.</summary>
    public static bool IsAt(string path) => Directory.Exists(path)
        ? File.Exists(System.IO.Path.Combine(path, FileName))
        : path.EndsWith(".mdb", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no LMDB file or a damaged one; the message is a clause.</exception>
    public static LmdbStore Open(string path)
    {
        string file = Directory.Exists(path) ? System.IO.Path.Combine(path, FileName) : path;
        OrdinaryFile.RequireLength(file);
        return new(path, LmdbFile.Open(file));
    }

    /// <summary>All entries are pictures, but for a number under the key "length", which some tools add.</summary>
    public bool IsPicture(int index) => !file.Key(index).AsSpan().SequenceEqual("length"u8);

    public ReadOnlySpan<byte> ReadStart(int index, ReadBuffer buffer, int count) => file.Value(index, buffer, count);

    public ReadOnlySpan<byte> Read(int index, ReadBuffer buffer) => file.Value(index, buffer);

    public void Dispose() => file.Dispose();

    /// <summary>Millions of keys are not kept but read when asked for.</summary>
    private sealed class KeyNames(LmdbFile file) : IReadOnlyList<string>
    {
        public int Count => file.Count;

        public string this[int index] => Encoding.UTF8.GetString(file.Key(index));

        public IEnumerator<string> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
