using System.Collections.Concurrent;
using StyleGanSharp.Data.Datasets.Storage;
using StyleGanSharp.Data.Files;
using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Data.Datasets.Creation.Sources;

/// <summary>The image files of a folder or archive, those of zip archives in it included.</summary>
internal sealed class StoreSource : IImageSource
{
    // A square of 11585: a larger image would need more than 1.5 GB on every thread.
    internal const long MaxPixels = 1L << 27;

    // Larger ones are read shrunk where they are resized afterwards. A progressive JPEG of this size still takes 3 GB to unpack.
    private const long MaxShrunkPixels = 1L << 29;

    // Of 16-bit images that leave their upper bits unused: what their cameras and scanners really measure.
    private static readonly int[] UsedBits = [10, 12, 14];

    // Above this share of their range images do not look black.
    private const int NearlyBlack = 1 << 12;

    // A smaller file is hardly a photograph beyond the limit, and looking costs time.
    private const int MinLargeBytes = 1 << 16;

    private readonly IFileStore store;
    private readonly ReadBufferPool buffers = new();
    private readonly PictureFiles pictures;
    private readonly int[] files;
    private readonly string?[] labels;
    private readonly (int Width, int Height)? target;
    private readonly ConcurrentBag<int> deep = [];    // Images of 16 bits.
    private readonly ConcurrentBag<int> dark = [];    // Those of them that came out nearly black.
    private readonly List<string> remarks = [];
    private int sampleBits = 16;

    /// <param name="path">A folder, an archive, an LMDB file or an image.</param>
    /// <param name="labelSource">Where labels come from.</param>
    /// <param name="target">What the images are resized to; null: they are not, so that none can be read shrunk.</param>
    /// <param name="labelDepth">Which folders are the classes; null: they have to be obvious.</param>
    /// <param name="destination">What is written; it is no part of the source. Null: nothing is.</param>
    /// <exception cref="DatasetException">The source has no images, or its labels cannot be read.</exception>
    public StoreSource(
        string path, LabelSource labelSource, (int Width, int Height)? target = null, int? labelDepth = null,
        string? destination = null)
    {
        this.target = target;
        string? own = destination is null || !Directory.Exists(path) ? null : NameBelow(path, destination);
        store = NestedStore.Open(FileStores.Open(path), name => name == own);
        try
        {
            pictures = PictureFiles.Of(store, PictureFiles.NameOf(path), own);
            files = pictures.Files;
            remarks.AddRange(pictures.Remarks);
            (labels, ClassNames) = labelSource switch
            {
                LabelSource.Folders => FolderLabels.Of(store.Path, [.. files.Select(f => store.Names[f])], labelDepth),
                LabelSource.Source => FileLabels(),
                _ => (new string?[files.Length], null),
            };
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    public int Count => files.Length;

    public IReadOnlyList<string>? ClassNames { get; }

    public IReadOnlyList<string> Remarks =>
        [.. remarks, .. new[] { DeepRemark(), DarkRemark() }.OfType<string>()];

    public string Name(int index) => store.Names[files[index]];

    public string? Label(int index) => labels[index];

    public (int Width, int Height, int Channels)? Identify(int index)
    {
        ReadBuffer buffer = buffers.Rent();
        try
        {
            ImageInfo info = ImageHeaders.Read(store, files[index], buffer);
            if (info.SampleBits == 16)
            {
                deep.Add(index);
            }

            return (info.Width, info.Height, info.Channels);
        }
        catch (DatasetException)
        {
            return null;   // Read says why.
        }
        finally
        {
            buffers.Return(buffer);
        }
    }

    public ImageBuffer Read(int index)
    {
        string name = FileStores.Describe(store, files[index]);
        ReadBuffer buffer = buffers.Rent();
        try
        {
            ReadOnlySpan<byte> content = store.Read(files[index], buffer);
            ImageBuffer image = ImageDecoder.Decode(content, name, Options(content, name), out int largest);
            if (largest is > 0 and < NearlyBlack && sampleBits == 16)
            {
                dark.Add(index);
            }

            return image;
        }
        catch (InvalidDataException exception)
        {
            throw new DatasetException(name, $"{name} {exception.Message}.", exception);
        }
        catch (ImageException exception)
        {
            throw new DatasetException(name, exception.Message, exception);
        }
        catch (Exception exception) when (FileFault.IsFileFault(exception))
        {
            throw new DatasetException(name, FileFault.DescribeRead(exception, name), exception);
        }
        finally
        {
            buffers.Return(buffer);
        }
    }

    /// <summary>
    /// Images of 16 bits that all leave their upper bits unused are what a camera or scanner of fewer bits gave: their range is
    /// spread over the 8 bits that are kept. One image that uses more bits decides for all.
    /// </summary>
    public void Survey(int threads, CancellationToken cancel)
    {
        int largest = 0;
        int[] pictures = [.. deep.Distinct().Order()];
        OrderedWork.Run(
            pictures.Length,
            threads,
            i => largest >> UsedBits[^1] != 0 ? 0 : Largest(pictures[i]),
            (_, value) => largest = Math.Max(largest, value),
            cancel);
        sampleBits = largest == 0 ? 16 : UsedBits.FirstOrDefault(b => largest >> b == 0, 16);
    }

    public void Dispose() => store.Dispose();

    /// <summary>The largest sample of an image; 0 when it cannot be read.</summary>
    private int Largest(int index)
    {
        ReadBuffer buffer = buffers.Rent();
        try
        {
            string name = FileStores.Describe(store, files[index]);
            ReadOnlySpan<byte> content = store.Read(files[index], buffer);
            ImageDecoder.Decode(content, name, Options(content, name), out int largest);
            return largest;
        }
        catch (Exception exception) when (exception is InvalidDataException or ImageException || FileFault.IsFileFault(exception))
        {
            return 0;   // Read says why.
        }
        finally
        {
            buffers.Return(buffer);
        }
    }

    private ImageReadOptions Options(ReadOnlySpan<byte> content, string name)
    {
        var options = new ImageReadOptions { MaxPixels = MaxPixels, SampleBits = sampleBits };
        if (target is not var (width, height) || content.Length < MinLargeBytes)
        {
            return options;
        }

        // Shrinking must leave at least what the images are resized to.
        ImageInfo info = ImageFile.Identify(content, name);
        double factor = Math.Ceiling(Math.Sqrt((double)info.Width * info.Height / MaxPixels));
        return info.Width / factor >= width && info.Height / factor >= height
            ? options with { MaxShrunkPixels = MaxShrunkPixels }
            : options;
    }

    private string? DeepRemark() => sampleBits == 16 ? null
        : $"The images of 16 bits use {sampleBits} of them only, such as {Name(deep.Min())}: these were spread over the range.";

    private string? DarkRemark()
    {
        int[] pictures = [.. dark.Distinct()];   // An image may be read twice.
        return pictures.Length == 0 ? null
            : $"Of the images of 16 bits {pictures.Length} used 12 bits or fewer and came out nearly black, such as "
                + $"{Name(pictures.Min())}: spread their values before, or make a data set of such images only.";
    }

    // The name of a file in a folder's store; null: it lies elsewhere.
    private static string? NameBelow(string folder, string file)
    {
        static string Real(string path) =>
            Directory.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
        string parent = Path.GetDirectoryName(Path.GetFullPath(file)) ?? "";
        string below = Path.GetRelativePath(
            Real(folder), Path.Combine(Directory.Exists(parent) ? Real(parent) : parent, Path.GetFileName(file)));
        return below.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(below)
            ? null : below.Replace(Path.DirectorySeparatorChar, '/');
    }

    private (string?[] Labels, IReadOnlyList<string>? ClassNames) FileLabels()
    {
        var found = new string?[files.Length];
        if (pictures.LabelFile is not int file)
        {
            return (found, null);
        }

        string name = FileStores.Describe(store, file);
        try
        {
            LabelFile parsed = LabelFile.Parse(store.Read(file, new ReadBuffer()));
            if (parsed.Labels is null)
            {
                remarks.AddRange(parsed.Remarks.Select(r => $"{name} {r}."));
                return (found, null);
            }

            // Images without a label are allowed here; those with one have to agree.
            int[] labelled = [.. Enumerable.Range(0, files.Length).Where(i => parsed.KeyOf(Name(i), pictures.Root) is not null)];
            if (labelled.Length == 0)
            {
                throw new InvalidDataException(
                    $"has a label for none of the {files.Length} images, such as '{Name(0)}': "
                        + $"its names have to be those of the images");
            }

            parsed.For([.. labelled.Select(Name)], pictures.Root);
            remarks.AddRange(parsed.Remarks.Select(r => $"{name} {r}."));
            foreach (int i in labelled)
            {
                found[i] = LabelFile.Text(parsed.Labels[parsed.KeyOf(Name(i), pictures.Root)!]);
            }

            return (found, parsed.ClassNames);
        }
        catch (InvalidDataException exception)
        {
            throw new DatasetException(name, $"{name} {exception.Message}.", exception);
        }
        catch (Exception exception) when (FileFault.IsFileFault(exception))
        {
            throw new DatasetException(name, FileFault.DescribeRead(exception, name), exception);
        }
    }
}
