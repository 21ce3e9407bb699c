using StyleGanSharp.Data.Datasets.Storage.Lmdb;
using StyleGanSharp.Data.Files;
using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Data.Datasets.Storage;

/// <summary>Opens a folder, a zip archive, an LMDB file or a single image, whichever a path names.</summary>
internal static class FileStores
{
    private const int MaxExtension = 12;
    private const int MaxKinds = 8;

    /// <exception cref="DatasetException">
    /// There is nothing, or it is neither a folder nor a readable zip archive or LMDB file.
    /// </exception>
    public static IFileStore Open(string path)
    {
        try
        {
            return LmdbStore.IsAt(path) ? LmdbStore.Open(path)
                : Directory.Exists(path) ? new FolderStore(path)
                : IsImage(path) && File.Exists(path) ? FolderStore.OfFile(path)
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

    /// <summary>The numbers of the files that are images.</summary>
    /// <exception cref="DatasetException">There are none.</exception>
    public static int[] Pictures(IFileStore store)
    {
        int[] files = [.. Enumerable.Range(0, store.Names.Count).Where(store.IsImage)];
        if (files.Length > 0)
        {
            return files;
        }

        bool holdsArchives = store.Names.Any(n => n.EndsWith(".zip", StringComparison.OrdinalIgnoreCase));
        int hidden = store.Names.Count(IsHiddenImage);
        throw new DatasetException(
            store.Path,
            $"{store.Path} has no images: .png, .jpg, .webp, .gif and .tif files are looked for"
            + (hidden > 0 ? $", those in hidden folders and in system folders ({hidden}) are left out" : "")
            + (LeftOut(store) is { } others ? $", and {others.TrimEnd('.')}" : "")
            + (holdsArchives ? "; those in its zip archives need a data set of their own" : "."),
            advice: holdsArchives ? new CreationAdvice(store.Path) : null);
    }

    /// <summary>Whether a name is that of an image; what file systems and archivers add for themselves is not.</summary>
    public static bool IsImage(string name) => ImageSignature.Expected(name) is not null && !HiddenFiles.Contains(name);

    /// <summary>Whether a name would be that of an image, but for its place.</summary>
    public static bool IsHiddenImage(string name) => ImageSignature.Expected(name) is not null && HiddenFiles.Contains(name);

    /// <summary>The files that are not taken for images, by kind, as one sentence; null when there are none.</summary>
    /// <param name="store">The files.</param>
    /// <param name="spokenOf">Whether a file has been spoken of already, by its name; null: none has.</param>
    public static string? LeftOut(IFileStore store, Predicate<string>? spokenOf = null)
    {
        if (store is LmdbStore)
        {
            return null;   // Its keys are no names of files.
        }

        var pictures = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var others = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < store.Names.Count; i++)
        {
            string name = store.Names[i];
            string file = name[(name.LastIndexOf('/') + 1)..];
            string extension = System.IO.Path.GetExtension(file).ToLowerInvariant();

            // Labels are read, archives have their own sentence, and hidden files belong to other programs.
            if (store.IsImage(i) || file == LabelFile.Name || extension == ".zip" || HiddenFiles.Contains(name)
                || spokenOf?.Invoke(name) == true)
            {
                continue;
            }

            SortedDictionary<string, int> kinds = ImageSignature.IsForeign(extension) ? pictures : others;
            string kind = extension.Length is 0 or > MaxExtension ? "without extension" : extension;
            kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
        }

        string[] parts =
        [
            .. pictures.Count == 0 ? []
                : (string[])[$"{Listing(pictures)} (images of a kind that is not read: convert them to PNG)"],
            .. others.Count == 0 ? [] : (string[])[Listing(others)],
        ];
        int count = pictures.Values.Sum() + others.Values.Sum();
        return count == 0 ? null : $"{(count == 1 ? "1 file is" : $"{count} files are")} left out: {string.Join(", ", parts)}.";
    }

    private static string Listing(SortedDictionary<string, int> kinds)
    {
        string[] parts = [.. kinds.OrderByDescending(k => k.Value).Select(k => $"{k.Value} {k.Key}")];
        return string.Join(", ", parts.Take(MaxKinds))
            + (parts.Length > MaxKinds ? $", {parts.Length - MaxKinds} more kinds" : "");
    }

    /// <summary>How messages call a file of a store.</summary>
    public static string Describe(IFileStore store, int index) => $"{store.Path}: {store.Names[index]}";
}
