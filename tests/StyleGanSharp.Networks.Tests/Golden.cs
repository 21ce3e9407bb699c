using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace StyleGanSharp.Networks.Tests;

/// <summary>Finds the golden files. The folder can be set by the variable STYLEGAN_GOLDEN.</summary>
internal static partial class Golden
{
    public static string Folder { get; } = Environment.GetEnvironmentVariable("STYLEGAN_GOLDEN") ?? Find();

    public static string Path(string name) => System.IO.Path.Combine(Folder, name);

    public static JsonElement Json(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path(name)));
        return document.RootElement.Clone();
    }

    /// <summary>
    /// One array of a .npz as flat numbers of the wanted type. To be replaced by NpzFile of StyleGanSharp.Data: it knows only
    /// version 1 headers and C order.
    /// </summary>
    public static T[] Array<T>(string file, string key)
        where T : unmanaged
    {
        using ZipArchive zip = ZipFile.OpenRead(Path(file));
        using Stream stream = (zip.GetEntry($"{key}.npy") ?? throw new FileNotFoundException($"{key} in {file}")).Open();
        using MemoryStream memory = new();
        stream.CopyTo(memory);
        ReadOnlySpan<byte> bytes = memory.ToArray();
        int header = BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]);
        string description = DescriptionPattern().Match(Encoding.ASCII.GetString(bytes.Slice(10, header))).Groups[1].Value;
        string wanted = typeof(T) == typeof(double) ? "<f8" : typeof(T) == typeof(long) ? "<i8" : "<f4";
        Assert.Equal(wanted, description);
        return MemoryMarshal.Cast<byte, T>(bytes[(10 + header)..]).ToArray();
    }

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = System.IO.Path.Combine(folder.FullName, "tests", "golden");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new DirectoryNotFoundException("tests/golden is not above the test program.");
    }

    [GeneratedRegex("'descr': '([^']+)'")]
    private static partial Regex DescriptionPattern();
}
