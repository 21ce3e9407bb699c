using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Data.Datasets.Creation.Writers;

/// <summary>Writes a folder of compressed PNG files.</summary>
internal sealed class FolderWriter(string folder) : ImageFileWriter
{
    private string? last;

    public override byte[][] Encode(ImageBuffer image) =>
        [ImageFile.Encode(image, new ImageWriteOptions { Format = ImageFormat.Png })];

    public override void Dispose()
    {
    }

    protected override void WriteFile(string name, byte[] content)
    {
        string path = Path.Combine(folder, name);
        if (Path.GetDirectoryName(path) is { } parent && parent != last)
        {
            Directory.CreateDirectory(parent);
            last = parent;
        }

        File.WriteAllBytes(path, content);
    }
}
