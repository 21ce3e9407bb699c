using Microsoft.Win32.SafeHandles;

namespace StyleGanSharp.Data.Files;

/// <summary>Opens files whose names come from a user's folder, where anything may lie.</summary>
internal static class OrdinaryFile
{
    /// <summary>
    /// Opens a file for reading. Files without a length are refused before: opening a named pipe waits until somebody writes into
    /// it, a device may never end, and both have the length 0, as an empty file has.
    /// </summary>
    /// <exception cref="InvalidDataException">The file has no length; the message is a clause.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static SafeFileHandle Open(string path)
    {
        RequireLength(path);
        return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
    }

    /// <summary>Refuses an existing file that has no length, as <see cref="Open"/> does.</summary>
    /// <exception cref="InvalidDataException">The file has no length; the message is a clause.</exception>
    public static void RequireLength(string path)
    {
        // The length of a link is that of its text.
        FileSystemInfo? file = new FileInfo(path);
        file = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true);
        if (file is FileInfo { Exists: true, Length: 0 })
        {
            throw new InvalidDataException("is empty, or a pipe, socket or device instead of a file");
        }
    }
}
