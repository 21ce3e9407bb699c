using System.IO.Compression;
using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Data.Tests.Datasets;

/// <summary>Small archives, written by the platform.</summary>
internal static class TestArchive
{
    /// <summary>Writes entries in the given order.</summary>
    public static string Write(
        string path, IEnumerable<(string Name, byte[] Content)> files, CompressionLevel level = CompressionLevel.NoCompression)
    {
        using FileStream stream = File.Create(path);
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create);
        foreach ((string name, byte[] content) in files)
        {
            using Stream entry = archive.CreateEntry(name, level).Open();
            entry.Write(content);
        }

        return path;
    }

    /// <summary>A PNG whose pixels depend on the number.</summary>
    public static byte[] Png(int number, int width = 8, int height = 8, int channels = 3, int compression = 0) =>
        ImageFile.Encode(
            Picture(number, width, height, channels),
            new ImageWriteOptions { Format = ImageFormat.Png, Compression = compression });

    public static ImageBuffer Picture(int number, int width = 8, int height = 8, int channels = 3)
    {
        var image = new ImageBuffer(width, height, channels);
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            image.Pixels[i] = (byte)((number * 37) + (i * 5));
        }

        return image;
    }

    public static byte[] Json(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
