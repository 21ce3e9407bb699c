namespace StyleGanSharp.Data.Files;

/// <summary>
/// Writes a file beside its name and renames it, so that readers see the old content or the new one and an interrupted program
/// leaves no half file under the name.
/// </summary>
public static class AtomicFile
{
    /// <summary>Writes a file through a stream.</summary>
    /// <param name="path">The file, in an existing folder; an existing file is replaced.</param>
    /// <param name="write">Writes the content; the stream can seek. When it throws, the temporary file is removed.</param>
    /// <exception cref="IOException">The file cannot be written (folder missing, disk full, ...).</exception>
    /// <exception cref="UnauthorizedAccessException">Permission is missing, or the path is a folder.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        if (Directory.Exists(path))
        {
            throw new IOException($"{path} is a folder.");
        }

        string temporary = $"{path}.tmp-{Guid.NewGuid().ToString("N")[..12]}";
        bool created = false;
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
            {
                created = true;
                write(stream);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch when (created)
        {
            RemoveQuietly(temporary);
            throw;
        }
    }

    /// <summary>Writes a file from memory.</summary>
    /// <param name="path">The file, in an existing folder; an existing file is replaced.</param>
    /// <param name="content">The whole content.</param>
    /// <exception cref="IOException">The file cannot be written (folder missing, disk full, ...).</exception>
    /// <exception cref="UnauthorizedAccessException">Permission is missing, or the path is a folder.</exception>
    public static void WriteAllBytes(string path, byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        Write(path, stream => stream.Write(content));
    }

    private static void RemoveQuietly(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (FileFault.IsFileFault(exception))
        {
            // The first exception says what is wrong with this folder.
        }
    }
}
