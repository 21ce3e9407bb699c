using System.Globalization;
using StyleGanSharp.Data.Datasets.Storage;
using StyleGanSharp.Data.Files;
using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Data.Datasets.Creation.Sources;

/// <summary>The image files of a folder or archive, those of zip archives in it included.</summary>
internal sealed class StoreSource : IPictureSource
{
    // A square of 11585: a larger picture would need more than 1.5 GB on every thread.
    private const long MaxPixels = 1L << 27;

    private readonly IFileStore store;
    private readonly ReadBufferPool buffers = new();
    private readonly int[] files;
    private readonly string?[] labels;

    public StoreSource(string path, LabelSource labelSource)
    {
        store = NestedStore.Open(FileStores.Open(path));
        try
        {
            files = FileStores.Pictures(store);
            (labels, ClassNames) = labelSource switch
            {
                LabelSource.Folders => FolderLabels(),
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

    public string Name(int index) => store.Names[files[index]];

    public string? Label(int index) => labels[index];

    public (int Width, int Height, int Channels)? Identify(int index)
    {
        ReadBuffer buffer = buffers.Rent();
        try
        {
            ImageInfo info = PictureHeaders.Read(store, files[index], buffer);
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
            return ImageFile.Decode(store.Read(files[index], buffer), new ImageReadOptions { MaxPixels = MaxPixels }, name);
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

    public void Dispose() => store.Dispose();

    private (string?[] Labels, IReadOnlyList<string>? ClassNames) FolderLabels()
    {
        string?[] folders = [.. files.Select(f => Top(store.Names[f]))];
        int loose = Array.FindIndex(folders, f => f is null);
        if (loose >= 0)
        {
            throw new DatasetException(
                store.Path,
                $"{store.Path}: {Name(loose)} lies in no folder, but folders are to be the classes: put it into one, or leave "
                + "'--labels folders' out.");
        }

        string[] names = [.. folders.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)!];
        return ([.. folders.Select(f => Array.BinarySearch(names, f, StringComparer.Ordinal).ToString(CultureInfo.InvariantCulture))], names);

        static string? Top(string name) => name.IndexOf('/') is > 0 and var slash ? name[..slash] : null;
    }

    private (string?[] Labels, IReadOnlyList<string>? ClassNames) FileLabels()
    {
        var found = new string?[files.Length];
        int file = -1;
        for (int i = 0; i < store.Names.Count && file < 0; i++)
        {
            file = store.Names[i] == LabelFile.Name ? i : -1;
        }

        if (file < 0)
        {
            return (found, null);
        }

        string name = FileStores.Describe(store, file);
        try
        {
            LabelFile parsed = LabelFile.Parse(store.Read(file, new ReadBuffer()));
            if (parsed.Labels is null)
            {
                return (found, null);
            }

            // Pictures without a label are allowed here; those with one have to agree.
            int[] labelled = [.. Enumerable.Range(0, files.Length).Where(i => parsed.Labels.ContainsKey(Name(i)))];
            if (labelled.Length == 0)
            {
                throw new InvalidDataException(
                    $"has a label for none of the {files.Length} pictures, such as '{Name(0)}': its names have to be those of the pictures");
            }

            parsed.For([.. labelled.Select(Name)]);
            foreach (int i in labelled)
            {
                found[i] = parsed.Labels[Name(i)].GetRawText();
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
