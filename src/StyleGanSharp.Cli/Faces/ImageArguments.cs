using StyleGanSharp.Data.Files;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Generation.Text;

namespace StyleGanSharp.Cli.Faces;

/// <summary>Image files and folders of them, as arguments.</summary>
internal static class ImageArguments
{
    /// <summary>The files that arguments name, each once: those of a folder and its subfolders sorted by name.</summary>
    /// <exception cref="UserException">There are none, or a folder cannot be listed.</exception>
    internal static string[] Files(IReadOnlyList<string> paths)
    {
        string[] files = [.. paths.SelectMany(Files).Distinct(StringComparer.Ordinal)];
        return files.Length > 0
            ? files : throw new UserException($"There are no images in {string.Join(", ", paths.Select(SafeText.Of))}.");
    }

    private static IEnumerable<string> Files(string path)
    {
        if (!Directory.Exists(path))
        {
            return [path]; // Reading it says what is wrong with it.
        }

        try
        {
            return [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(ImageFile.IsImage).Order(
                StringComparer.Ordinal)];
        }
        catch (Exception e) when (FileFault.IsFileFault(e))
        {
            throw new UserException(FileFault.DescribeRead(e, SafeText.Of(path)));
        }
    }
}
