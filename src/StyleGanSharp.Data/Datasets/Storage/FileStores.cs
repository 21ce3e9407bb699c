using StyleGanSharp.Data.Datasets.Storage.Lmdb;
using StyleGanSharp.Data.Files;

namespace StyleGanSharp.Data.Datasets.Storage;

/// <summary>Opens a folder, a zip archive, an LMDB file or a single picture, whichever a path names.</summary>
internal static class FileStores
{
    /// <exception cref="DatasetException">There is nothing, or it is neither a folder nor a readable zip archive or LMDB file.</exception>
    public static IFileStore Open(string path)
    {
        try
        {
            return LmdbStore.IsAt(path) ? LmdbStore.Open(path)
                : Directory.Exists(path) ? new FolderStore(path)
                : IsPicture(path) && File.Exists(path) ? FolderStore.OfFile(path)
                : ZipStore.Open(path);
        }
        catch (InvalidDataException exception)
        {
            throw new DatasetException(path, $"{path} {exception.Message}.", exception);
        }
        catch (Exception exception) when (FileFault.IsFileFault(exception))
        {
            throw new DatasetException(path, FileFault.DescribeRead(exception, path), exception);
        }
    }

    /// <summary>The numbers of the files that are pictures.</summary>
    /// <exception cref="DatasetException">There are none.</exception>
    public static int[] Pictures(IFileStore store)
    {
        int[] files = [.. Enumerable.Range(0, store.Names.Count).Where(store.IsPicture)];
        if (files.Length > 0)
        {
            return files;
        }

        bool holdsArchives = store.Names.Any(n => n.EndsWith(".zip", StringComparison.OrdinalIgnoreCase));
        int hidden = store.Names.Count(IsHiddenPicture);
        throw new DatasetException(
            store.Path,
            $"{store.Path} holds no pictures: .png, .jpg, .jpeg and .webp files are looked for"
            + (hidden > 0 ? $", those in hidden folders and in system folders ({hidden}) are left out" : "")
            + (holdsArchives ? $"; 'stylegan dataset create --source {store.Path}' reads those in its zip archives." : "."));
    }

    /// <summary>Whether a name is that of a picture; what file systems and archivers add for themselves is not.</summary>
    public static bool IsPicture(string name) => HasPictureEnding(name) && !HiddenFiles.Contains(name);

    /// <summary>Whether a name would be that of a picture, but for its place.</summary>
    public static bool IsHiddenPicture(string name) => HasPictureEnding(name) && HiddenFiles.Contains(name);

    private static bool HasPictureEnding(string name) =>
        System.IO.Path.GetExtension(name).ToLowerInvariant() is ".png" or ".jpg" or ".jpeg" or ".webp";

    /// <summary>How messages call a file of a store.</summary>
    public static string Describe(IFileStore store, int index) => $"{store.Path}: {store.Names[index]}";
}
