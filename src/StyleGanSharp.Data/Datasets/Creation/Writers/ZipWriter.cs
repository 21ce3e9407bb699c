using System.IO.Compression;
using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Data.Datasets.Creation.Writers;

/// <summary>Writes a zip archive: stored entries with a fixed date and stored pixels.</summary>
internal sealed class ZipWriter(Stream stream) : ImageFileWriter
{
    // Zip has no year before 1980.
    private static readonly DateTimeOffset FixedTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true);

    public override byte[][] Encode(ImageBuffer image) =>
        [ImageFile.Encode(image, new ImageWriteOptions { Format = ImageFormat.Png, Compression = 0 })];

    public override void Dispose() => archive.Dispose();

    protected override void WriteFile(string name, byte[] content)
    {
        ZipArchiveEntry entry = archive.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = FixedTime;
        using Stream target = entry.Open();
        target.Write(content);
    }
}
