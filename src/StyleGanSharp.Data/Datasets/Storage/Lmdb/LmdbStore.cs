using System.Buffers.Text;
using System.Collections;
using System.Numerics;
using System.Text;
using StyleGanSharp.Data.Files;

namespace StyleGanSharp.Data.Datasets.Storage.Lmdb;

/// <summary>
/// The entries of an LMDB file as files, in the order of their keys: LSUN (Yu et al. 2015) comes as such files, whose values are
/// whole encoded images.
/// </summary>
internal sealed class LmdbStore : IFileStore
{
    private const string FileName = "data.mdb";

    private readonly LmdbFile file;

    // Of keys SIZE-INDEX the ones of this size are the images; null: keys are not of this form.
    private readonly int? size;

    private LmdbStore(string path, LmdbFile file)
    {
        Path = path;
        this.file = file;
        Names = new KeyNames(file);
        SortedDictionary<int, int> sizes = Sizes();
        if (sizes.Count > 0)
        {
            size = sizes.Last().Key;
        }

        if (sizes.Count > 1)
        {
            Remarks =
            [
                $"The file holds the same images in {sizes.Count} sizes ({string.Join(", ", sizes.Keys)}); "
                    + $"the {sizes.Last().Value} of the "
                + $"largest one, {size}, are read.",
            ];
        }
    }

    public string Path { get; }

    public IReadOnlyList<string> Names { get; }

    public IReadOnlyList<string> Remarks { get; } = [];

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

    /// <summary>
    /// All entries are images, but for a number under the key "length", which some tools add; of sets that hold every image in
    /// several sizes, under keys such as 64-00000, those of the largest size.
    /// </summary>
    public bool IsImage(int index)
    {
        ReadOnlySpan<byte> key = file.Key(index);
        return !key.SequenceEqual(LengthKey) && (size is null || SizeOf(key) == size);
    }

    public ReadOnlySpan<byte> ReadStart(int index, ReadBuffer buffer, int count) => file.Value(index, buffer, count);

    public ReadOnlySpan<byte> Read(int index, ReadBuffer buffer) => file.Value(index, buffer);

    public void Dispose() => file.Dispose();

    private static ReadOnlySpan<byte> LengthKey => "length"u8;

    // Sizes and the number of their entries; empty where a key has another form. LSUN's keys are told by the first one.
    private SortedDictionary<int, int> Sizes()
    {
        var sizes = new SortedDictionary<int, int>();
        for (int i = 0; i < file.Count; i++)
        {
            ReadOnlySpan<byte> key = file.Key(i);
            if (key.SequenceEqual(LengthKey))
            {
                continue;
            }

            if (SizeOf(key) is not int found)
            {
                return [];
            }

            sizes[found] = sizes.GetValueOrDefault(found) + 1;
        }

        // Two numbers in a key may mean something else: then they are not powers of two, and not equally frequent.
        return sizes.Keys.All(s => BitOperations.IsPow2(s)) || sizes.Values.Distinct().Count() == 1 ? sizes : [];
    }

    private static int? SizeOf(ReadOnlySpan<byte> key)
    {
        int dash = key.IndexOf((byte)'-');
        return dash is > 0 and <= 5 && dash < key.Length - 1 && !key[(dash + 1)..].ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && Utf8Parser.TryParse(key[..dash], out int side, out int used) && used == dash && side > 0 ? side : null;
    }

    /// <summary>Millions of keys are not kept but read when asked for.</summary>
    private sealed class KeyNames(LmdbFile file) : IReadOnlyList<string>
    {
        public int Count => file.Count;

        public string this[int index] => Encoding.UTF8.GetString(file.Key(index));

        public IEnumerator<string> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
