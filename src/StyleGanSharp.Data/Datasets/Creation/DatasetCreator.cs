using System.Numerics;
using StyleGanSharp.Data.Datasets.Creation.Sources;
using StyleGanSharp.Data.Files;

namespace StyleGanSharp.Data.Datasets.Creation;

/// <summary>
/// Makes a zip data set from pictures of any kind. Damaged pictures are left out and listed; memory does not grow with the number of
/// pictures; the archive appears under its name only when it is complete.
/// </summary>
public static class DatasetCreator
{
    /// <summary>Makes a data set from a folder or zip of image files, MNIST (IDX) files or the CIFAR-10 archive.</summary>
    /// <param name="source">The folder or file.</param>
    /// <param name="destination">The zip archive to write.</param>
    /// <param name="options">Shape, size, channels, labels.</param>
    /// <param name="progress">Told the pictures done and their number; null = nobody.</param>
    /// <param name="cancel">Stops the work; nothing is left behind.</param>
    /// <exception cref="DatasetException">
    /// The source cannot be read, its pictures do not fit the options, none is left, or the archive cannot be written.
    /// </exception>
    public static DatasetCreationResult Create(
        string source,
        string destination,
        DatasetCreationOptions options,
        Action<int, int>? progress = null,
        CancellationToken cancel = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        ArgumentNullException.ThrowIfNull(options);
        using IPictureSource pictures = PictureSources.Open(source, options.Labels);
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(source));
        return Write(pictures, source, name, destination, options, progress, cancel);
    }

    internal static DatasetCreationResult Write(
        IPictureSource pictures,
        string path,
        string name,
        string destination,
        DatasetCreationOptions options,
        Action<int, int>? progress,
        CancellationToken cancel)
    {
        ArgumentException.ThrowIfNullOrEmpty(destination);
        RequireOptions(options);
        int count = Math.Min(pictures.Count, options.MaxImages ?? int.MaxValue);
        var shaper = new PictureShaper(options.Shape, options.Resolution, options.Filter, options.Background);
        (int channels, int width, int height) = Plan(pictures, path, count, shaper, options, cancel);
        DatasetCreationResult? result = null;
        try
        {
            AtomicFile.Write(destination, stream =>
            {
                using var archive = new DatasetArchive(stream);
                var job = new CreationJob(pictures, shaper, options, channels);
                job.Run(archive, count, progress, cancel);
                if (archive.Count == 0)
                {
                    throw new DatasetException(path, $"{path} gives no picture: {job.Damaged.Count} are damaged and {job.TooSmall.Count} too small for {width}x{height}.");
                }

                bool labelled = archive.Finish(pictures.ClassNames, Facts(name, options));
                result = new DatasetCreationResult
                {
                    Written = archive.Count,
                    Width = width,
                    Height = height,
                    Channels = channels,
                    Damaged = job.Damaged,
                    TooSmall = job.TooSmall,
                    HasLabels = labelled,
                    Unlabelled = archive.Unlabelled,
                    Flattened = job.Flattened,
                };
            });
        }
        catch (Exception exception) when (FileFault.IsFileFault(exception))
        {
            throw new DatasetException(destination, FileFault.DescribeWrite(exception, destination), exception);
        }

        return result!;
    }

    private static void RequireOptions(DatasetCreationOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1, nameof(options));
        if (options.Shape is PictureShape.CenterCropWide or PictureShape.Squash && options.Resolution is null)
        {
            throw new DatasetException(null, "The transforms center-crop-wide and squash need --resolution WxH.");
        }

        if (options is { Shape: PictureShape.CenterCropWide, Resolution: var (width, height) } && width < height)
        {
            throw new DatasetException(null, $"center-crop-wide needs a resolution that is wider than high, not {width}x{height}.");
        }
    }

    /// <summary>Looks at the headers: the channels and the size that all pictures will have.</summary>
    private static (int Channels, int Width, int Height) Plan(
        IPictureSource pictures, string path, int count, PictureShaper shaper, DatasetCreationOptions options, CancellationToken cancel)
    {
        var infos = new (int Width, int Height, int Channels)?[count];
        Parallel.For(
            0, count, new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancel }, i => infos[i] = pictures.Identify(i));
        (int Width, int Height)? size = null;
        int first = -1;
        for (int i = 0; i < count; i++)
        {
            if (infos[i] is not var (width, height, _) || shaper.SizeOf(width, height) is not { } shaped)
            {
                continue;
            }

            if (size is { } known && known != shaped)
            {
                throw new DatasetException(
                    path,
                    $"{path} holds pictures of different sizes, such as {pictures.Name(first)} ({known.Width}x{known.Height}) and "
                    + $"{pictures.Name(i)} ({shaped.Width}x{shaped.Height}): give --resolution WxH, and --transform center-crop, pad or squash.");
            }

            if (size is null)
            {
                (size, first) = (shaped, i);
            }
        }

        (int outWidth, int outHeight) = size ?? options.Resolution ?? (0, 0);
        if (size is not null && (outWidth != outHeight || outWidth < 4 || !BitOperations.IsPow2(outWidth)))
        {
            int side = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(Math.Min(outWidth, outHeight), 4, 1 << 14));
            throw new DatasetException(
                path,
                $"{path} would give pictures of {outWidth}x{outHeight}, but training needs a square whose side is a power of two: give "
                + $"--resolution {side}x{side}, and --transform center-crop, pad or squash.");
        }

        int channels = options.Channels switch
        {
            ChannelChoice.Gray => 1,
            ChannelChoice.Rgb => 3,
            ChannelChoice.Rgba => 4,
            _ => infos.Any(i => i is { Channels: > 1 }) ? 3 : 1,
        };
        return (channels, outWidth, outHeight);
    }

    private static IEnumerable<KeyValuePair<string, string>> Facts(string name, DatasetCreationOptions options)
    {
        yield return new("source", name);
        yield return new("transform", CreationNames.Of(options.Shape));
        yield return new("resolution", options.Resolution is var (width, height) ? $"{width}x{height}" : "source");
        yield return new("resize_filter", options.Filter.ToString().ToLowerInvariant());
        yield return new("channels", options.Channels.ToString().ToLowerInvariant());
        yield return new("background", $"{options.Background.R},{options.Background.G},{options.Background.B}");
    }
}
