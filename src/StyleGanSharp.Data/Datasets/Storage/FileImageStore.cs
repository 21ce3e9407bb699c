using StyleGanSharp.Data.Files;
using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Data.Datasets.Storage;

/// <summary>The image files of a folder or an archive, which have one size, with the labels of dataset.json.</summary>
internal sealed class FileImageStore : IImageStore
{
    private readonly IFileStore store;
    private readonly int[] files;   // Image -> file of the store.
    private readonly List<string> remarks = [];

    private FileImageStore(IFileStore store)
    {
        this.store = store;
        PictureFiles pictures = PictureFiles.Of(store, PictureFiles.NameOf(store.Path));
        files = pictures.Files;
        remarks.AddRange(pictures.Remarks);
        ImageInfo info = ImageHeaders.RequireEqual(store, files);
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

    /// <exception cref="DatasetException">
    /// There is no image, images differ, a header cannot be read, or dataset.json does not match.
    /// </exception>
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
        var expected = (Width, Height, Channels);
        var found = ImageDecoder.DecodePlanar(content, Describe(index), expected, destination);
        if (found != expected)
        {
            throw new InvalidDataException(
                $"is {found.Width}x{found.Height} with {found.Channels} channels, not {Width}x{Height} with {Channels}: it "
                + "changed after the data set was opened");
        }
    }

    public bool TryReadLevel(int index, int side, ReadBuffer buffer, Span<byte> destination) => false;

    public void Dispose() => store.Dispose();

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
