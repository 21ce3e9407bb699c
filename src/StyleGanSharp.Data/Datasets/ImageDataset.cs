using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using StyleGanSharp.Data.Datasets.Storage;
using StyleGanSharp.Data.Datasets.TfRecords;
using StyleGanSharp.Data.Files;
using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Data.Datasets;

/// <summary>
/// Images of one size and number of channels, with or without labels: a zip archive in the field's layout
/// (<c>00000/img00000000.png</c>, ..., <c>dataset.json</c>), a folder of image files, or a folder of multi-resolution TFRecords.
/// Images are numbered in the order of their names: plain strings in an archive, path components in a folder; records keep their
/// order. Reading is safe from several threads.
/// </summary>
public sealed class ImageDataset : IDisposable
{
    // Data sets of uncompressed images agree in all lengths: some contents must be looked at, too.
    private const int FingerprintPictures = 64;

    private readonly IImageStore store;
    private readonly ReadBufferPool buffers = new();

    private ImageDataset(IImageStore store)
    {
        this.store = store;
    }

    /// <summary>The archive or folder.</summary>
    public string Path => store.Path;

    /// <summary>Its name without folder and extension.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(System.IO.Path.TrimEndingDirectorySeparator(Path));

    /// <summary>Number of images, at least 1.</summary>
    public int Count => store.Names.Count;

    /// <summary>Columns of every image.</summary>
    public int Width => store.Width;

    /// <summary>Rows of every image.</summary>
    public int Height => store.Height;

    /// <summary>1 (gray), 3 (RGB) or 4 (RGBA).</summary>
    public int Channels => store.Channels;

    /// <summary>Bytes of one decoded image: Channels * Height * Width.</summary>
    public int ImageBytes => Channels * Height * Width;

    /// <summary>The labels; <see cref="DatasetLabels.None"/> when there are none.</summary>
    public DatasetLabels Labels => store.Labels;

    /// <summary>
    /// What whoever uses the images should know about what was left out and about the labels, one sentence each.
    /// </summary>
    public IReadOnlyList<string> Remarks => store.Remarks;

    /// <summary>Names of the images' files inside the data set, with forward slashes.</summary>
    public IReadOnlyList<string> FileNames => store.Names;

    /// <summary>
    /// Why networks cannot be trained on images of this size, as a clause, and what to create instead; null when they can: the
    /// sides are equal and a power of two from 4 up.
    /// </summary>
    public (string Problem, CreationAdvice Advice)? SizeProblem
    {
        get
        {
            if (Width == Height && Width >= 4 && BitOperations.IsPow2(Width))
            {
                return null;
            }

            int side = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(Math.Min(Width, Height), 4, 1 << 14));
            return (
                $"{Path} has images of {Width}x{Height}, but training needs a square whose side is a power of two",
                new CreationAdvice(Path) { Side = side });
        }
    }

    /// <summary>
    /// Opens a data set, reads its labels and compares the headers of all images; pixels are not decoded yet.
    /// </summary>
    /// <param name="path">A zip archive, a folder, or a file NAME.tfrecords.</param>
    /// <returns>The data set; dispose it.</returns>
    /// <exception cref="DatasetException">
    /// There is no image, images differ in size or channels, a header or record cannot be read, or labels do not match.
    /// </exception>
    public static ImageDataset Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new ImageDataset(RecordSet.IsAt(path) ? RecordStore.Open(path) : FileImageStore.Open(path));
    }

    /// <summary>Whether <see cref="ReadLevel"/> gives images of a side.</summary>
    /// <param name="side">Rows and columns.</param>
    public bool HasLevel(int side) => (side == Width && side == Height)
        || (Width == Height && side >= 1 && side < Width && BitOperations.IsPow2(Width) && BitOperations.IsPow2(side));

    /// <summary>Decodes an image.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <param name="destination">Takes [Channels, Height, Width], uint8; exactly <see cref="ImageBytes"/> long.</param>
    /// <exception cref="DatasetException">The image cannot be read or decoded, or changed since the set was opened.</exception>
    public void Read(int index, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        if (destination.Length != ImageBytes)
        {
            throw new ArgumentException(
                $"An image has {ImageBytes} bytes, got room for {destination.Length}.", nameof(destination));
        }

        Fetch(index, null, destination);
    }

    /// <summary>
    /// Decodes an image at a smaller size, as networks that grow are trained on: the copy that a multi-resolution data set holds,
    /// else the mean of its pixels, by which these data sets are made.
    /// </summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <param name="side">
    /// Rows and columns: a power of two up to <see cref="Width"/>; images have to be squares of such a side.
    /// </param>
    /// <param name="destination">Takes [Channels, side, side], uint8; exactly that long.</param>
    /// <exception cref="DatasetException">The image cannot be read or decoded, or changed since the set was opened.</exception>
    public void ReadLevel(int index, int side, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        if (side == Width && side == Height)
        {
            Read(index, destination);
            return;
        }

        if (!HasLevel(side))
        {
            throw new ArgumentOutOfRangeException(
                nameof(side), side, $"Pictures of {Width}x{Height} have no level of this side.");
        }

        if (destination.Length != Channels * side * side)
        {
            throw new ArgumentException(
                $"The level has {Channels * side * side} bytes, got room for {destination.Length}.", nameof(destination));
        }

        Fetch(index, side, destination);
    }

    /// <summary>
    /// A hash of the files of some images: equal exactly when names and bytes are. Whether they can be decoded does not matter.
    /// </summary>
    /// <param name="indices">Numbers of images, in order.</param>
    /// <param name="cancel">Ends it early.</param>
    /// <returns>SHA-256 as 64 hexadecimal digits.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public string ContentHash(IEnumerable<int> indices, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(indices);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        ReadBuffer buffer = buffers.Rent();
        try
        {
            foreach (int index in indices)
            {
                cancel.ThrowIfCancellationRequested();
                AppendFile(hash, index, buffer);
            }
        }
        finally
        {
            buffers.Return(buffer);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>
    /// What tells this data set from another one of the same shape, without reading all of it: a hash of the names and lengths of
    /// all images, of the labels, and of the contents of some images spread over the set.
    /// </summary>
    /// <returns>
    /// SHA-256 as 64 hexadecimal digits; the same for a folder and an archive with the same files in the same order.
    /// </returns>
    public string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(long)];
        for (int i = 0; i < Count; i++)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(FileNames[i] + "\n"));
            BinaryPrimitives.WriteInt64LittleEndian(length, store.Length(i));
            hash.AppendData(length);
        }

        var label = new float[Labels.Size];
        for (int i = 0; i < Count; i++)
        {
            Labels.CopyTo(i, label);
            hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(label));
        }

        int looked = Math.Min(Count, FingerprintPictures);
        hash.AppendData(Encoding.UTF8.GetBytes(
            ContentHash(Enumerable.Range(0, looked).Select(i => (int)((long)i * Count / looked)))));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Closes the archive.</summary>
    public void Dispose() => store.Dispose();

    /// <summary>Reads with a buffer of its own; what can go wrong becomes one sentence.</summary>
    private void Fetch(int index, int? side, Span<byte> destination)
    {
        ReadBuffer buffer = buffers.Rent();
        try
        {
            if (side is not { } level)
            {
                store.Decode(store.Read(index, buffer), index, buffer, destination);
            }
            else if (!store.TryReadLevel(index, level, buffer, destination))
            {
                var pixels = new byte[ImageBytes];
                store.Decode(store.Read(index, buffer), index, buffer, pixels);
                PicturePyramid.Below(pixels, Channels, Width, level).Last().CopyTo(destination);
            }
        }
        catch (InvalidDataException exception)
        {
            throw new DatasetException(store.Describe(index), $"{store.Describe(index)} {exception.Message}.", exception);
        }
        catch (ImageException exception)
        {
            throw new DatasetException(store.Describe(index), exception.Message, exception);
        }
        catch (Exception exception) when (FileFault.IsFileFault(exception))
        {
            throw new DatasetException(
                store.Describe(index), FileFault.DescribeRead(exception, store.Describe(index)), exception);
        }
        finally
        {
            buffers.Return(buffer);
        }
    }

    // Lengths go in front, so that no two lists of files look alike. A file that cannot be read counts by its name: it is
    // replaced.
    private void AppendFile(IncrementalHash hash, int index, ReadBuffer buffer)
    {
        byte[] name = Encoding.UTF8.GetBytes(FileNames[index]);
        Span<byte> lengths = stackalloc byte[2 * sizeof(int)];
        ReadOnlySpan<byte> content = [];
        int length = -1;
        try
        {
            content = store.Read(index, buffer);
            length = content.Length;
        }
        catch (Exception exception) when (exception is InvalidDataException || FileFault.IsFileFault(exception))
        {
            // Nothing follows the length -1.
        }

        BinaryPrimitives.WriteInt32LittleEndian(lengths, name.Length);
        BinaryPrimitives.WriteInt32LittleEndian(lengths[sizeof(int)..], length);
        hash.AppendData(lengths);
        hash.AppendData(name);
        hash.AppendData(content);
    }
}
