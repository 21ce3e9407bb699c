using StyleGanSharp.Data.Files;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Data.Images.Png;

namespace StyleGanSharp.Data.Datasets.Storage;

/// <summary>The image files of a folder or an archive, which have one size, with the labels of dataset.json.</summary>
internal sealed class FileImageStore : IImageStore
{
    private readonly IFileStore store;
    private readonly int[] files;   // Picture -> file of the store.
    private readonly List<string> remarks = [];

    private FileImageStore(IFileStore store)
    {
        this.store = store;
        PictureFiles pictures = PictureFiles.Of(store, PictureFiles.NameOf(store.Path));
        files = pictures.Files;
        remarks.AddRange(pictures.Remarks);
        ImageInfo info = PictureHeaders.RequireEqual(store, files);
        (Width, Height, Channels) = (info.Width, info.Height, info.Channels);
        Labels = ReadLabels(pictures);
        Names = Array.ConvertAll(files, f => store.Names[f]);
    }

    public string Path => store.Path;

    public IReadOnlyList<string> Names { get; }

    public int Width { get; }

    public int Height { get; }

    public int Channels { get; }

    public DatasetLabels Labels { get; }

    public IReadOnlyList<string> Remarks => remarks;

    /// <exception cref="DatasetException">There is no picture, pictures differ, a header cannot be read, or dataset.json does not match.</exception>
    public static FileImageStore Open(string path)
    {
        IFileStore store = FileStores.Open(path);
        try
        {
            return new FileImageStore(store);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    public string Describe(int index) => FileStores.Describe(store, files[index]);

    public long Length(int index) => store.Length(files[index]);

    public ReadOnlySpan<byte> Read(int index, ReadBuffer buffer) => store.Read(files[index], buffer);

    public void Decode(ReadOnlySpan<byte> content, int index, ReadBuffer buffer, Span<byte> destination)
    {
        if (PngHeader.TryRead(content, out PngHeader header) && header.IsPlain && Fits(header.Width, header.Height, header.Channels)
            && buffer.Png.TryDecode(content, header, destination))
        {
            return;
        }

        // Other formats, and what is wrong with a damaged file, are the library's business.
        ImageBuffer image = ImageFile.Decode(content, name: Describe(index));
        if (!Fits(image.Width, image.Height, image.Channels))
        {
            throw new InvalidDataException(
                $"is {image.Width}x{image.Height} with {image.Channels} channels, not {Width}x{Height} with {Channels}: it changed "
                + "after the data set was opened");
        }

        image.CopyPlanar(destination);
    }

    public bool TryReadLevel(int index, int side, ReadBuffer buffer, Span<byte> destination) => false;

    public void Dispose() => store.Dispose();

    private bool Fits(int width, int height, int channels) => width == Width && height == Height && channels == Channels;

    private DatasetLabels ReadLabels(PictureFiles pictures)
    {
        if (pictures.LabelFile is not int file)
        {
            return DatasetLabels.None;
        }

        string name = FileStores.Describe(store, file);
        try
        {
            LabelFile labels = LabelFile.Parse(store.Read(file, new ReadBuffer()));
            DatasetLabels found = labels.For(Array.ConvertAll(files, f => store.Names[f]), pictures.Root);
            remarks.AddRange(labels.Remarks.Select(r => $"{name} {r}."));
            return found;
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
