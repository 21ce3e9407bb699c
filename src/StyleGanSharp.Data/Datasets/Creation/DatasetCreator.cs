using System.Numerics;
using StyleGanSharp.Data.Datasets.Creation.Sources;
using StyleGanSharp.Data.Datasets.Creation.Writers;
using StyleGanSharp.Data.Datasets.Storage;
using StyleGanSharp.Data.Files;

namespace StyleGanSharp.Data.Datasets.Creation;

/// <summary>
/// Makes a data set from images of any kind. Damaged images are left out and listed; memory does not grow with the number of
/// images; it appears under its name only when it is complete.
/// </summary>
public static class DatasetCreator
{
    /// <summary>Makes a data set from image files, or from any of the archives that docs/datasets.md lists.</summary>
    /// <param name="source">The folder or file.</param>
    /// <param name="destination">The zip archive to write, or the folder, which must not exist or be empty.</param>
    /// <param name="options">Shape, size, channels, labels.</param>
    /// <param name="progress">Told the images done and their number; null = nobody.</param>
    /// <param name="cancel">Stops the work; nothing is left behind.</param>
    /// <exception cref="DatasetException">
    /// The source cannot be read, its images do not fit the options, none is left, or the archive cannot be written.
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
        using IImageSource pictures = ImageSources.Open(source, options, destination);
        string name = PictureFiles.NameOf(source);
        return Write(pictures, source, name, destination, options, progress, cancel);
    }

    internal static DatasetCreationResult Write(
        IImageSource pictures,
        string path,
        string name,
        string destination,
        DatasetCreationOptions options,
        Action<int, int>? progress,
        CancellationToken cancel)
    {
        ArgumentException.ThrowIfNullOrEmpty(destination);
        RequireOptions(options);
        int[] order = Order(pictures.Count, options);
        var shaper = new ImageShaper(options.Shape, options.Resolution, options.Filter, options.Background);
        (int channels, int width, int height, string? transparent) = Plan(pictures, path, order, shaper, options, cancel);
        DatasetCreationResult? result = null;
        try
        {
            WriteTo(destination, options.Format, writer =>
            {
                var job = new CreationJob(pictures, order, shaper, options, channels);
                job.Run(writer, progress, cancel);
                if (writer.Count == 0)
                {
                    string damaged = job.Damaged.Count > 0 ? $"{job.Damaged.Count} are damaged" : "";
                    string unfit = job.Unfit.Count > 0
                        ? $"{job.Unfit.Count} do not fit the transform, such as {job.Unfit[0]}; center-crop, "
                            + $"pad and squash take images of any size" : "";
                    throw new DatasetException(
                        path, $"{path} gives no image: "
                            + $"{damaged}{(damaged.Length > 0 && unfit.Length > 0 ? ", and " : "")}{unfit}.");
                }

                bool labelled = writer.Finish(pictures.ClassNames, Facts(name, options));
                result = new DatasetCreationResult
                {
                    Written = writer.Count,
                    Width = width,
                    Height = height,
                    Channels = channels,
                    Damaged = job.Damaged,
                    Unfit = job.Unfit,
                    Remarks = [.. pictures.Remarks, .. ChannelRemark(transparent)],
                    HasLabels = labelled,
                    Unlabelled = writer.Unlabelled,
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

    private static void WriteTo(string destination, DatasetFormat format, Action<DatasetWriter> write)
    {
        if (format == DatasetFormat.Zip)
        {
            AtomicFile.Write(destination, stream =>
            {
                using var writer = new ZipWriter(stream);
                write(writer);
            });
            return;
        }

        if (File.Exists(destination)
            || (Directory.Exists(destination) && Directory.EnumerateFileSystemEntries(destination).Any()))
        {
            throw new DatasetException(
                destination, $"{destination} exists already and is not empty: remove it, or choose another name.");
        }

        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(destination)));
        AtomicFolder.Write(destination, folder =>
        {
            using DatasetWriter writer = format == DatasetFormat.Folder
                ? new FolderWriter(folder) : new RecordWriter(folder, name);
            write(writer);
        });
    }

    private static int[] Order(int count, DatasetCreationOptions options)
    {
        int[] order = options.Order?.Invoke(count) ?? [.. Enumerable.Range(0, count)];
        return order[..Math.Min(order.Length, options.MaxImages ?? int.MaxValue)];
    }

    private static void RequireOptions(DatasetCreationOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1, nameof(options));
        if (options.Shape is ImageShape.CenterCropWide or ImageShape.Squash && options.Resolution is null)
        {
            throw new DatasetException(null, $"The transforms center-crop-wide and squash need {CreationOptions.Resolution}.");
        }

        if (options is { Shape: ImageShape.CenterCropWide, Resolution: var (width, height) } && width < height)
        {
            throw new DatasetException(
                null, $"center-crop-wide needs a resolution that is wider than high, not {width}x{height}.");
        }
    }

    /// <summary>
    /// Looks at the headers: the channels and the size that all images will have, and the image whose transparency decided
    /// for four channels.
    /// </summary>
    private static (int Channels, int Width, int Height, string? Transparent) Plan(
        IImageSource pictures, string path, int[] order, ImageShaper shaper, DatasetCreationOptions options,
        CancellationToken cancel)
    {
        int count = order.Length;
        var infos = new (int Width, int Height, int Channels)?[count];
        OrderedWork.Run(count, options.Threads, i => pictures.Identify(order[i]), (i, info) => infos[i] = info, cancel);
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
                    $"{path} holds images of different sizes, such as {pictures.Name(order[first])} "
                        + $"({known.Width}x{known.Height}) and "
                    + $"{pictures.Name(order[i])} ({shaped.Width}x{shaped.Height}): give {CreationOptions.Resolution}, "
                    + $"and {CreationOptions.Shape} center-crop, pad or squash.");
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
                $"{path} would give images of {outWidth}x{outHeight}, but training needs a square whose side "
                    + $"is a power of two: give "
                + $"{CreationOptions.Resolution} {side}x{side}, and {CreationOptions.Shape} center-crop, pad or squash.");
        }

        int channels = options.Channels switch
        {
            ChannelChoice.Gray => 1,
            ChannelChoice.Rgb => 3,
            ChannelChoice.Rgba => 4,
            _ => infos.Any(i => i is { Channels: > 1 }) ? 3 : 1,
        };
        pictures.Survey(options.Threads, cancel);
        if (options.Channels != ChannelChoice.Auto)
        {
            return (channels, outWidth, outHeight, null);
        }

        int[] withAlpha = [.. Enumerable.Range(0, count).Where(i => infos[i] is { Channels: 4 }).Select(i => order[i])];
        string? transparent = FirstTransparent(pictures, withAlpha, options.Threads, cancel);
        return (transparent is null ? channels : 4, outWidth, outHeight, transparent);
    }

    /// <summary>The name of the first image with a pixel that is not opaque; null when there is none.</summary>
    private static string? FirstTransparent(IImageSource pictures, int[] candidates, int threads, CancellationToken cancel)
    {
        string? found = null;
        OrderedWork.Run(
            candidates.Length,
            threads,
            i => Volatile.Read(ref found) is null && IsTransparent(pictures, candidates[i]),
            (i, transparent) => found = found is null && transparent ? pictures.Name(candidates[i]) : found,
            cancel);
        return found;
    }

    private static bool IsTransparent(IImageSource pictures, int index)
    {
        try
        {
            return pictures.Read(index) is { Channels: 4 } image && HasTransparentPixel(image.Pixels);
        }
        catch (DatasetException)
        {
            return false;   // It will be left out.
        }
    }

    private static bool HasTransparentPixel(ReadOnlySpan<byte> rgba)
    {
        for (int i = 3; i < rgba.Length; i += 4)
        {
            if (rgba[i] != byte.MaxValue)
            {
                return true;
            }
        }

        return false;
    }

    private static string[] ChannelRemark(string? transparent) => transparent is null ? []
        : [$"{transparent} has transparent pixels, so all images are RGBA: choose RGB to lay them over the background."];

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
