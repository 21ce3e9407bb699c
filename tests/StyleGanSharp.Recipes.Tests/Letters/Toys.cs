using System.IO.Compression;
using System.Text.Json;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Recipes.Images;
using StyleGanSharp.Recipes.Letters;

namespace StyleGanSharp.Recipes.Tests.Letters;

/// <summary>
/// Images that every classifier should tell apart: a lying bar, a standing bar, a square; each somewhere, some brighter.
/// </summary>
internal static class Toys
{
    internal const int Side = 8;

    internal static readonly string[] Names = ["lying", "standing", "square"];

    internal static LetterSet Set(int count, uint seed)
    {
        var random = new NumpyRandom(seed);
        int[] classes = [.. Enumerable.Range(0, count).Select(i => i % Names.Length)];
        return new LetterSet(
            new ImageSet(Side, 1, [.. classes.SelectMany(c => Picture(c, random.Rand(), random.Rand(), random.Rand()))]), classes,
            Names);
    }

    /// <summary>One image, [Side * Side].</summary>
    /// <param name="toy">Its class.</param>
    /// <param name="x">Place, in [0, 1).</param>
    /// <param name="y">Place, in [0, 1).</param>
    /// <param name="light">Brightness, in [0, 1).</param>
    internal static byte[] Picture(int toy, double x, double y, double light)
    {
        (int width, int height) = toy switch { 0 => (5, 2), 1 => (2, 5), _ => (4, 4) };
        (int left, int top) = ((int)(x * (Side - width + 1)), (int)(y * (Side - height + 1)));
        var pixels = new byte[Side * Side];
        for (int i = 0; i < pixels.Length; i++)
        {
            bool inside = i % Side >= left && i % Side < left + width && i / Side >= top && i / Side < top + height;
            pixels[i] = inside ? (byte)(128 + (int)(light * 127)) : (byte)0;
        }

        return pixels;
    }

    /// <summary>Writes a set as an archive.</summary>
    internal static void Write(string path, int count, uint seed, bool named = true)
    {
        var random = new NumpyRandom(seed);
        using var archive = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        var labels = new List<object[]>();
        for (int i = 0; i < count; i++)
        {
            string name = $"00000/img{i:D8}.png";
            var picture = new ImageBuffer(Side, Side, 1, Picture(i % Names.Length, random.Rand(), random.Rand(), random.Rand()));
            Add(archive, name, ImageFile.Encode(picture, new ImageWriteOptions { Format = ImageFormat.Png }));
            labels.Add([name, i % Names.Length]);
        }

        object json = named ? new { labels, class_names = Names } : new { labels };
        Add(archive, "dataset.json", JsonSerializer.SerializeToUtf8Bytes(json));
    }

    private static void Add(ZipArchive archive, string name, byte[] content)
    {
        using Stream stream = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
        stream.Write(content);
    }
}
