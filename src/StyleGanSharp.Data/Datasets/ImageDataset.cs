using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using StyleGanSharp.Data.Datasets.Storage;
using StyleGanSharp.Data.Files;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Data.Images.Png;

namespace StyleGanSharp.Data.Datasets;

/// <summary>
/// Pictures of one size and number of channels, with or without labels: a zip archive in the field's layout
/// (<c>00000/img00000000.png</c>, ..., <c>dataset.json</c>) or a folder of image files. Pictures are numbered in the order of their
/// names: plain strings in an archive, path components in a folder. Reading is safe from several threads.
/// </summary>
public sealed class ImageDataset : IDisposable
{
    // Data sets of uncompressed pictures agree in all lengths: some contents must be looked at, too.
    private const int FingerprintPictures = 64;

    private readonly IFileStore store;
    private readonly ReadBufferPool buffers = new();
    private readonly int[] files;   // Picture -> file of the store.

    private ImageDataset(IFileStore store, int[] files, ImageInfo info, DatasetLabels labels)
    {
        this.store = store;
        this.files = files;
        Width = info.Width;
        Height = info.Height;
        Channels = info.Channels;
        Labels = labels;
        FileNames = Array.ConvertAll(files, f => store.Names[f]);
    }

    /// <summary>The archive or folder.</summary>
    public string Path => store.Path;

    /// <summary>Its name without folder and extension.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(System.IO.Path.TrimEndingDirectorySeparator(Path));

    /// <summary>Number of pictures, at least 1.</summary>
    public int Count => files.Length;

    /// <summary>Columns of every picture.</summary>
    public int Width { get; }

    /// <summary>Rows of every picture.</summary>
    public int Height { get; }

    /// <summary>1 (gray), 3 (RGB) or 4 (RGBA).</summary>
    public int Channels { get; }

    /// <summary>Bytes of one decoded picture: Channels * Height * Width.</summary>
    public int ImageBytes => Channels * Height * Width;

    /// <summary>The labels; <see cref="DatasetLabels.None"/> when there are none.</summary>
    public DatasetLabels Labels { get; }

    /// <summary>Names of the pictures' files inside the data set, with forward slashes.</summary>
    public IReadOnlyList<string> FileNames { get; }

    /// <summary>
    /// Why networks cannot be trained on pictures of this size, with the ways out, as one sentence; null when they can: the sides are
    /// equal and a power of two from 4 up.
    /// </summary>
    public string? SizeProblem
    {
        get
        {
            if (Width == Height && Width >= 4 && BitOperations.IsPow2(Width))
            {
                return null;
            }

            int side = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(Math.Min(Width, Height), 4, 1 << 14));
            return $"{Path} has pictures of {Width}x{Height}, but training needs a square whose side is a power of two: make a new data "
                + $"set with 'stylegan dataset create --source {Path} --resolution {side}x{side}' and '--transform center-crop' (cut), "
                + "'pad' (add borders) or 'squash' (distort).";
        }
    }

    /// <summary>
    /// Opens a data set, reads its labels and compares the headers of all pictures; pixels are not decoded yet.
    /// </summary>
    /// <param name="path">A zip archive or a folder.</param>
    /// <returns>The data set; dispose it.</returns>
    /// <exception cref="DatasetException">
    /// There is no picture, pictures differ in size or channels, a header cannot be read, or dataset.json does not match.
    /// </exception>
    public static ImageDataset Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        IFileStore store = FileStores.Open(path);
        try
        {
            int[] files = [.. Enumerable.Range(0, store.Names.Count).Where(i => FileStores.IsPicture(store.Names[i]))];
            if (files.Length == 0)
            {
                throw new DatasetException(path, $"{path} holds no pictures: .png, .jpg, .jpeg and .webp files are looked for.");
            }

            ImageInfo info = PictureHeaders.RequireEqual(store, files);
            return new ImageDataset(store, files, info, ReadLabels(store, files));
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Decodes a picture.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <param name="destination">Takes [Channels, Height, Width], uint8; exactly <see cref="ImageBytes"/> long.</param>
    /// <exception cref="DatasetException">The picture cannot be read or decoded, or changed since the set was opened.</exception>
    public void Read(int index, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        if (destination.Length != ImageBytes)
        {
            throw new ArgumentException($"A picture has {ImageBytes} bytes, got room for {destination.Length}.", nameof(destination));
        }

        ReadBuffer buffer = buffers.Rent();
        try
        {
            Decode(store.Read(files[index], buffer), index, buffer, destination);
        }
        catch (InvalidDataException exception)
        {
            throw new DatasetException(Describe(index), $"{Describe(index)} {exception.Message}.", exception);
        }
        catch (ImageException exception)
        {
            throw new DatasetException(Describe(index), exception.Message, exception);
        }
        catch (Exception exception) when (FileFault.IsFileFault(exception))
        {
            throw new DatasetException(Describe(index), FileFault.DescribeRead(exception, Describe(index)), exception);
        }
        finally
        {
            buffers.Return(buffer);
        }
    }

    /// <summary>A hash of the files of some pictures: equal exactly when names and bytes are. Whether they can be decoded does not matter.</summary>
    /// <param name="indices">Numbers of pictures, in order.</param>
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
    /// What tells this data set from another one of the same shape, without reading all of it: a hash of the names and lengths of all
    /// pictures, of the labels, and of the contents of some pictures spread over the set.
    /// </summary>
    /// <returns>SHA-256 as 64 hexadecimal digits; the same for a folder and an archive with the same files in the same order.</returns>
    public string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(long)];
        for (int i = 0; i < Count; i++)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(FileNames[i] + "\n"));
            BinaryPrimitives.WriteInt64LittleEndian(length, store.Length(files[i]));
            hash.AppendData(length);
        }

        var label = new float[Labels.Size];
        for (int i = 0; i < Count; i++)
        {
            Labels.CopyTo(i, label);
            hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(label));
        }

        int looked = Math.Min(Count, FingerprintPictures);
        hash.AppendData(Encoding.UTF8.GetBytes(ContentHash(Enumerable.Range(0, looked).Select(i => (int)((long)i * Count / looked)))));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Closes the archive.</summary>
    public void Dispose() => store.Dispose();

    private static DatasetLabels ReadLabels(IFileStore store, int[] files)
    {
        int file = -1;
        for (int i = 0; i < store.Names.Count && file < 0; i++)
        {
            file = store.Names[i] == LabelFile.Name ? i : -1;
        }

        if (file < 0)
        {
            return DatasetLabels.None;
        }

        string name = FileStores.Describe(store, file);
        try
        {
            return LabelFile.Parse(store.Read(file, new ReadBuffer())).For(Array.ConvertAll(files, f => store.Names[f]));
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

    // Lengths go in front, so that no two lists of files look alike. A file that cannot be read counts by its name: it is replaced.
    private void AppendFile(IncrementalHash hash, int index, ReadBuffer buffer)
    {
        byte[] name = Encoding.UTF8.GetBytes(FileNames[index]);
        Span<byte> lengths = stackalloc byte[2 * sizeof(int)];
        ReadOnlySpan<byte> content = [];
        int length = -1;
        try
        {
            content = store.Read(files[index], buffer);
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

    private void Decode(ReadOnlySpan<byte> file, int index, ReadBuffer buffer, Span<byte> destination)
    {
        if (PngHeader.TryRead(file, out PngHeader header) && header.IsPlain && Fits(header.Width, header.Height, header.Channels)
            && buffer.Png.TryDecode(file, header, destination))
        {
            return;
        }

        // Other formats, and what is wrong with a damaged file, are the library's business.
        ImageBuffer image = ImageFile.Decode(file, name: Describe(index));
        if (!Fits(image.Width, image.Height, image.Channels))
        {
            throw new InvalidDataException(
                $"is {image.Width}x{image.Height} with {image.Channels} channels, not {Width}x{Height} with {Channels}: it changed "
                + "after the data set was opened");
        }

        image.CopyPlanar(destination);
    }

    private bool Fits(int width, int height, int channels) => width == Width && height == Height && channels == Channels;

    private string Describe(int index) => FileStores.Describe(store, files[index]);
}
