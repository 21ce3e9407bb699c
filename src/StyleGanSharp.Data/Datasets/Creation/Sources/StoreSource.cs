using StyleGanSharp.Data.Datasets.Storage;
using StyleGanSharp.Data.Files;
using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Data.Datasets.Creation.Sources;

/// <summary>The image files of a folder or archive, those of zip archives in it included.</summary>
internal sealed class StoreSource : IPictureSource
{
    // A square of 11585: a larger picture would need more than 1.5 GB on every thread.
    internal const long MaxPixels = 1L << 27;

    private readonly IFileStore store;
    private readonly ReadBufferPool buffers = new();
    private readonly PictureFiles pictures;
    private readonly int[] files;
    private readonly string?[] labels;
    private readonly List<string> remarks = [];

    /// <param name="path">A folder, an archive, an LMDB file or a picture.</param>
    /// <param name="labelSource">Where labels come from.</param>
    /// <param name="labelDepth">Which folders are the classes; null: they have to be obvious.</param>
    /// <param name="destination">What is written; it is no part of the source. Null: nothing is.</param>
    public StoreSource(string path, LabelSource labelSource, int? labelDepth = null, string? destination = null)
    {
        string? target = destination is null || !Directory.Exists(path) ? null : NameBelow(path, destination);
        store = NestedStore.Open(FileStores.Open(path), name => name == target);
        try
        {
            pictures = PictureFiles.Of(store, PictureFiles.NameOf(path), target);
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

    public IReadOnlyList<string> Remarks => remarks;

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

    // The name of a file in a folder's store; null: it lies elsewhere.
    private static string? NameBelow(string folder, string file)
    {
        static string Real(string path) => Directory.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
        string parent = Path.GetDirectoryName(Path.GetFullPath(file)) ?? "";
        string below = Path.GetRelativePath(Real(folder), Path.Combine(Directory.Exists(parent) ? Real(parent) : parent, Path.GetFileName(file)));
        return below.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(below) ? null : below.Replace(Path.DirectorySeparatorChar, '/');
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

            // Pictures without a label are allowed here; those with one have to agree.
            int[] labelled = [.. Enumerable.Range(0, files.Length).Where(i => parsed.KeyOf(Name(i), pictures.Root) is not null)];
            if (labelled.Length == 0)
            {
                throw new InvalidDataException(
                    $"has a label for none of the {files.Length} pictures, such as '{Name(0)}': its names have to be those of the pictures");
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
