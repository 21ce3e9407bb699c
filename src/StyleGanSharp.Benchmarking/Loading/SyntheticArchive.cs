using System.Globalization;
using System.IO.Compression;
using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Benchmarking.Loading;

/// <summary>A data set of noise in the form that <c>dataset create</c> gives: a zip of PNG files, nothing compressed.</summary>
internal static class SyntheticArchive
{
    // Images that differ; the others repeat them.
    private const int Different = 64;

    /// <summary>Writes it.</summary>
    /// <param name="path">Target.</param>
    /// <param name="resolution">Width and height.</param>
    /// <param name="count">Images.</param>
    /// <param name="cancel">Ends the work.</param>
    internal static void Write(string path, int resolution, int count, CancellationToken cancel)
    {
        var draws = new Random(0);
        byte[][] pictures = [.. Enumerable.Range(0, Math.Min(Different, count)).Select(_ => Noise(resolution, draws))];
        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create);
        for (int i = 0; i < count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            string name = string.Create(CultureInfo.InvariantCulture, $"{i / 1000:00000}/img{i:00000000}.png");
            using Stream entry = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
            entry.Write(pictures[i % pictures.Length]);
        }
    }

    private static byte[] Noise(int resolution, Random draws)
    {
        var image = new ImageBuffer(resolution, resolution, 3);
        draws.NextBytes(image.Pixels);
        return ImageFile.Encode(image, new ImageWriteOptions { Format = ImageFormat.Png, Compression = 0 });
    }
}
