namespace StyleGanSharp.Data.Files;

/// <summary>
/// Writes a folder beside its name and renames it, so that an interrupted program leaves no half folder under the name.
/// </summary>
internal static class AtomicFolder
{
    /// <param name="path">The folder; its parent exists. A folder of the name is replaced when it is empty.</param>
    /// <param name="write">Gets the folder to write into. When it throws, that one is removed.</param>
    /// <exception cref="IOException">There is a file or a folder that is not empty, or it cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Permission is missing.</exception>
    public static void Write(string path, Action<string> write)
    {
        path = Path.TrimEndingDirectorySeparator(path);
        string temporary = $"{path}.tmp-{Guid.NewGuid().ToString("N")[..12]}";
        Directory.CreateDirectory(temporary);
        try
        {
            write(temporary);
            if (Directory.Exists(path))
            {
                Directory.Delete(path);
            }

            Directory.Move(temporary, path);
        }
        catch
        {
            RemoveQuietly(temporary);
            throw;
        }
    }

    private static void RemoveQuietly(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (FileFault.IsFileFault(exception))
        {
            // The first exception says what is wrong with this place.
        }
    }
}
