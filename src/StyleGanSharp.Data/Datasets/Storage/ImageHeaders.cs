using StyleGanSharp.Data.Files;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Data.Images.Png;

namespace StyleGanSharp.Data.Datasets.Storage;

/// <summary>Reads what images declare about themselves, without decoding them.</summary>
internal static class ImageHeaders
{
    // A PNG with a palette of 256 colours and a few small chunks before its pixels; profiles may need the whole file.
    private const int StartLength = 1024;

    /// <summary>The size and channels that all the images have.</summary>
    /// <param name="store">Where they are.</param>
    /// <param name="files">Their files, at least one.</param>
    /// <exception cref="DatasetException">A header cannot be read, or two images differ.</exception>
    public static ImageInfo RequireEqual(IFileStore store, int[] files)
    {
        var infos = new ImageInfo?[files.Length];
        var problems = new DatasetException?[files.Length];
        var pool = new ReadBufferPool();
        Parallel.For(
            0,
            files.Length,
            pool.Rent,
            (i, _, buffer) =>
            {
                try
                {
                    infos[i] = Read(store, files[i], buffer);
                }
                catch (DatasetException exception)
                {
                    problems[i] = exception;
                }

                return buffer;
            },
            pool.Return);

        int bad = Array.FindIndex(problems, p => p is not null);
        if (bad >= 0)
        {
            int count = problems.Count(p => p is not null);
            string others = count == 1 ? "" : $" (and {count - 1} more)";
            throw new DatasetException(
                problems[bad]!.Path,
                $"{problems[bad]!.Message.TrimEnd('.')}{others}",
                problems[bad],
                new CreationAdvice(store.Path) { LeavesOutDamage = true });
        }

        ImageInfo first = infos[0]!;
        int other = Array.FindIndex(
            infos, i => i!.Width != first.Width || i.Height != first.Height || i.Channels != first.Channels);
        if (other >= 0)
        {
            throw new DatasetException(
                store.Path,
                $"{store.Path} holds images of different kinds, such as {store.Names[files[0]]} ({Text(first)}) and "
                + $"{store.Names[files[other]]} ({Text(infos[other]!)})",
                advice: new CreationAdvice(store.Path)
                {
                    ChoosesResolution = infos[other]!.Width != first.Width || infos[other]!.Height != first.Height,
                });
        }

        long limit = new ImageReadOptions().MaxPixels;
        if ((long)first.Width * first.Height > limit)
        {
            throw new DatasetException(
                store.Path, $"{store.Path} declares images of {Text(first)}, more than the limit of {limit} pixels.");
        }

        return first;
    }

    /// <summary>What one image declares.</summary>
    /// <exception cref="DatasetException">It cannot be read or is not an image.</exception>
    public static ImageInfo Read(IFileStore store, int file, ReadBuffer buffer)
    {
        string name = FileStores.Describe(store, file);
        try
        {
            // An orientation in EXIF swaps width and height: the library reads it as it does when it decodes.
            if (PngHeader.TryRead(store.ReadStart(file, buffer, StartLength), out PngHeader header)
                && header is { DataOffset: >= 0, HasExif: false })
            {
                return new ImageInfo(ImageFormat.Png, header.Width, header.Height, header.Channels)
                {
                    SampleBits = Math.Max(8, header.BitDepth),
                };
            }

            return ImageFile.Identify(store.Read(file, buffer), name);
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
    }

    private static string Text(ImageInfo info) =>
        $"{info.Width}x{info.Height}, {info.Channels} channel{(info.Channels == 1 ? "" : "s")}";
}
