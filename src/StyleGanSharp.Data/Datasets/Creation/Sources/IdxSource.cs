using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using StyleGanSharp.Data.Files;
using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Data.Datasets.Creation.Sources;

/// <summary>
/// Images in the IDX format of MNIST, plain or gzipped, with the labels of the file beside it (<c>...-labels-idx1-ubyte</c>).
/// Images of 28x28 get a black border of 2 pixels, as the field does, to reach a power of two.
/// </summary>
internal sealed class IdxSource : IImageSource
{
    private const int PictureMagic = 0x00000803;
    private const int LabelMagic = 0x00000801;
    private const int Border = 2;
    private const int MnistSide = 28;
    private const long MaxBytes = 1L << 30;

    private readonly byte[] pixels;   // [N, H, W]
    private readonly byte[]? labels;
    private readonly int width;
    private readonly int height;

    public IdxSource(string path, LabelSource labelSource)
    {
        byte[] file = Load(path);
        if (file.Length < 16 || BinaryPrimitives.ReadInt32BigEndian(file) != PictureMagic)
        {
            throw new DatasetException(path, $"{path} is not an IDX file of images (it has to begin with 00 00 08 03).");
        }

        int count = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(4));
        height = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(8));
        width = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(12));
        if (count < 1 || height is < 1 or > 1 << 14 || width is < 1 or > 1 << 14
            || (Int128)count * height * width != file.Length - 16)
        {
            throw new DatasetException(
                path, $"{path} declares {count} images of {width}x{height}, which does not match its {file.Length} bytes.");
        }

        Count = count;
        pixels = file;
        string labelPath = path.Replace("-images-idx3-ubyte", "-labels-idx1-ubyte", StringComparison.Ordinal);
        if (labelSource == LabelSource.Source && labelPath != path && File.Exists(labelPath))
        {
            labels = LoadLabels(labelPath, path);
            ClassNames = [.. Enumerable.Range(0, labels.AsSpan(8).ToArray().Max() + 1).Select(
                i => i.ToString(CultureInfo.InvariantCulture))];
        }
    }

    public int Count { get; }

    public IReadOnlyList<string>? ClassNames { get; }

    private int Pad => width == MnistSide && height == MnistSide ? Border : 0;

    public string Name(int index) => $"picture {index}";

    public string? Label(int index) => labels?[8 + index].ToString(CultureInfo.InvariantCulture);

    public (int Width, int Height, int Channels)? Identify(int index) => (width + (2 * Pad), height + (2 * Pad), 1);

    public ImageBuffer Read(int index)
    {
        var image = new ImageBuffer(width + (2 * Pad), height + (2 * Pad), 1);
        for (int y = 0; y < height; y++)
        {
            pixels.AsSpan(16 + (((index * height) + y) * width), width).CopyTo(image.Row(y + Pad)[Pad..]);
        }

        return image;
    }

    public void Dispose()
    {
    }

    private byte[] LoadLabels(string path, string pictures)
    {
        byte[] file = Load(path);
        if (file.Length < 8 || BinaryPrimitives.ReadInt32BigEndian(file) != LabelMagic
            || BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(4)) != file.Length - 8)
        {
            throw new DatasetException(path, $"{path} is not an IDX file of labels.");
        }

        return file.Length - 8 == Count
            ? file
            : throw new DatasetException(
                path, $"{path} has {file.Length - 8} labels for the {Count} images of {pictures}: take the files of the same set.");
    }

    private static byte[] Load(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            using Stream stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
                ? new GZipStream(file, CompressionMode.Decompress) : file;
            using var memory = new MemoryStream();
            var buffer = new byte[1 << 16];
            for (int read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
            {
                memory.Write(buffer, 0, read);
                if (memory.Length > MaxBytes)
                {
                    throw new DatasetException(path, $"{path} unpacks to more than {MaxBytes} bytes.");
                }
            }

            return memory.ToArray();
        }
        catch (InvalidDataException exception)
        {
            throw new DatasetException(path, $"{path} is a damaged gzip file.", exception);
        }
        catch (Exception exception) when (FileFault.IsFileFault(exception))
        {
            throw new DatasetException(path, FileFault.DescribeRead(exception, path), exception);
        }
    }
}
