using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using StyleGanSharp.Data.Numpy;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Data.Tests.Numpy;

/// <summary>
/// The golden archives were written by NumPy: everything in them loads, has the shape and type that KEYS.md lists, and is written
/// back byte for byte.
/// </summary>
public sealed partial class GoldenArraysTests
{
    [Fact]
    public void All_arrays_load_as_KEYS_md_lists_them()
    {
        Dictionary<string, Dictionary<string, string>> listed = ReadKeys();
        string[] files = Directory.GetFiles(Fixtures.Golden.Root, "*.npz", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        int checkedArrays = 0;
        foreach (string path in files)
        {
            string name = Path.GetRelativePath(Fixtures.Golden.Root, path).Replace('\\', '/');
            Dictionary<string, string> found = NpzFile.ReadAll(path).ToDictionary(
                p => p.Key, p => $"{TypeName(p.Value.Type)} [{string.Join(",", p.Value.Shape.ToArray())}]");
            Assert.True(listed.TryGetValue(name, out Dictionary<string, string>? expected), $"{name} is not listed");
            Assert.Equal(Sorted(expected), Sorted(found));
            checkedArrays += found.Count;
        }

        Assert.True(checkedArrays > 1000, $"only {checkedArrays} arrays");
    }

    public static TheoryData<string> Archives =>
        [.. Directory.GetFiles(GoldenFolder.Files.Root, "*.npz", SearchOption.AllDirectories).Select(
            f => Path.GetRelativePath(GoldenFolder.Files.Root, f))];

    [GoldenTheory, MemberData(nameof(Archives))]
    public void Every_archive_of_a_golden_folder_loads(string archive) => Assert.NotEmpty(GoldenFolder.Arrays(archive));

    [Fact]
    public void Writing_gives_numpys_own_bytes()
    {
        using var folder = new TemporaryFolder();
        foreach (string path in Directory.GetFiles(Path.Combine(Fixtures.Golden.Root, "rng"), "*.npz")
            .Concat(Directory.GetFiles(Path.Combine(Fixtures.Golden.Root, "dataset"), "*.npz"))
            .Concat(Directory.GetFiles(Path.Combine(Fixtures.Golden.Root, "loss"), "*.npz")))
        {
            Dictionary<string, NumpyArray> arrays = NpzFile.ReadAll(path);
            using ZipArchive archive = ZipFile.OpenRead(path);
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                using Stream stream = entry.Open();
                using var original = new MemoryStream();
                stream.CopyTo(original);
                using var written = new MemoryStream();
                NpyFormat.Write(written, arrays[entry.FullName[..^4]]);
                Assert.True(original.ToArray().AsSpan().SequenceEqual(written.ToArray()), $"{entry.FullName} in {path}");
            }
        }
    }

    /// <summary>File -> key -> "type [shape]", from lines such as <c>- **G/ws/** `psi1` [3,8,64], `u8` uint8 [3]</c>.</summary>
    private static Dictionary<string, Dictionary<string, string>> ReadKeys()
    {
        var files = new Dictionary<string, Dictionary<string, string>>();
        Dictionary<string, string> current = [];
        foreach (string line in File.ReadLines(Path.Combine(Fixtures.Golden.Root, "KEYS.md")))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                current = files[line[3..].Trim()] = [];
            }
            else if (line.StartsWith("- ", StringComparison.Ordinal))
            {
                Match prefix = Prefix().Match(line);
                foreach (Match key in Key().Matches(line))
                {
                    string type = key.Groups[2].Value is { Length: > 0 } given ? given : "float32";
                    current.Add(prefix.Groups[1].Value + key.Groups[1].Value, $"{type} [{key.Groups[3].Value}]");
                }
            }
        }

        return files;
    }

    private static string[] Sorted(Dictionary<string, string> keys) =>
        [.. keys.Select(p => $"{p.Key}: {p.Value}").Order(StringComparer.Ordinal)];

    private static string TypeName(NumpyType type) => type.ToString().ToLower(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^- \*\*(.+?)\*\*")]
    private static partial Regex Prefix();

    [GeneratedRegex(@"`([^`]+)` (?:([a-z]+[0-9]*) )?\[([0-9,]*)\]")]
    private static partial Regex Key();
}
