using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using StyleGanSharp.Data.Files;
using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Data.Datasets.Creation.Sources;

/// <summary>The training images of the CIFAR-10 archive for Python (<c>cifar-10-python.tar.gz</c>), with their classes.</summary>
internal sealed class CifarSource : IImageSource
{
    private const int PictureBytes = 3 * 32 * 32;
    private const long MaxBatchBytes = 1L << 28;
    private const string BatchName = "data_batch_";

    private readonly List<(byte[] Pixels, int[] Labels)> batches;
    private readonly int batchSize;

    public CifarSource(string path, LabelSource labels)
    {
        SortedDictionary<string, (byte[] Pixels, int[] Labels)> found = Load(path);
        batches = [.. found.Values];
        batchSize = batches.Count == 0 ? 0 : batches[0].Labels.Length;
        if (batches.Count == 0 || batches.Any(b => b.Labels.Length != batchSize))
        {
            throw new DatasetException(
                path, $"{path} is not the CIFAR-10 archive for Python: it has no files {BatchName}1 to "
                    + $"{BatchName}5 of equal size.");
        }

        Labelled = labels == LabelSource.Source;
    }

    public int Count => batches.Count * batchSize;

    public IReadOnlyList<string>? ClassNames { get; } =
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    private bool Labelled { get; }

    public string Name(int index) => $"picture {index}";

    public string? Label(int index) =>
        Labelled ? batches[index / batchSize].Labels[index % batchSize].ToString(CultureInfo.InvariantCulture) : null;

    public (int Width, int Height, int Channels)? Identify(int index) => (32, 32, 3);

    public ImageBuffer Read(int index) => ImageBuffer.FromPlanar(
        32, 32, 3, batches[index / batchSize].Pixels.AsSpan(index % batchSize * PictureBytes, PictureBytes));

    public void Dispose()
    {
    }

    private static SortedDictionary<string, (byte[] Pixels, int[] Labels)> Load(string path)
    {
        var found = new SortedDictionary<string, (byte[] Pixels, int[] Labels)>(StringComparer.Ordinal);
        try
        {
            using FileStream file = File.OpenRead(path);
            using var gzip = new GZipStream(file, CompressionMode.Decompress);
            using var tar = new TarReader(gzip);
            while (found.Count < 5 && tar.GetNextEntry() is { } entry)
            {
                string name = Path.GetFileName(entry.Name);
                if (!name.StartsWith(BatchName, StringComparison.Ordinal) || entry.DataStream is null
                    || entry.Length is < 1 or > MaxBatchBytes)
                {
                    continue;
                }

                var content = new byte[entry.Length];
                entry.DataStream.ReadExactly(content);
                found[name] = CifarBatch.Parse(content)
                    ?? throw new DatasetException(path, $"{path}: {name} is not a batch of CIFAR-10 images.");
            }

            return found;
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException or EndOfStreamException)
        {
            throw new DatasetException(path, $"{path} is a damaged or truncated tar.gz archive.", exception);
        }
        catch (Exception exception) when (FileFault.IsFileFault(exception))
        {
            throw new DatasetException(path, FileFault.DescribeRead(exception, path), exception);
        }
    }
}
