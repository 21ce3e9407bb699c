namespace StyleGanSharp.Data.Files;

/// <summary>Turns the platform's file exceptions into one sentence for users.</summary>
public static class FileFault
{
    private const int UnixNoSpace = 28;        // ENOSPC
    private const int UnixQuota = 122;         // EDQUOT
    private const int WindowsNoSpace = unchecked((int)0x80070070);

    /// <summary>True for the exceptions that reading or writing a file can end with.</summary>
    /// <param name="exception">Any exception.</param>
    /// <returns>Whether it is about the file rather than about the program.</returns>
    public static bool IsFileFault(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or NotSupportedException or System.Security.SecurityException;

    /// <summary>Why a file could not be read.</summary>
    /// <param name="exception">What reading it threw.</param>
    /// <param name="path">The file.</param>
    /// <returns>One sentence that starts with the path.</returns>
    public static string DescribeRead(Exception exception, string path) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => $"{path} does not exist.",
        UnauthorizedAccessException when Directory.Exists(path) => $"{path} is a folder, not a file.",
        UnauthorizedAccessException => $"{path} cannot be read: permission denied.",
        PathTooLongException => $"{path} cannot be read: the path is too long.",
        _ => $"{path} cannot be read: {FirstLine(exception)}.",
    };

    /// <summary>Why a file could not be written.</summary>
    /// <param name="exception">What writing it threw.</param>
    /// <param name="path">The file.</param>
    /// <returns>One sentence that starts with the path.</returns>
    public static string DescribeWrite(Exception exception, string path) => exception switch
    {
        _ when Directory.Exists(path) => $"{path} cannot be written: it is a folder.",
        DirectoryNotFoundException => $"{path} cannot be written: the folder {Folder(path)} does not exist.",
        UnauthorizedAccessException => $"{path} cannot be written: permission denied.",
        PathTooLongException => $"{path} cannot be written: the path is too long.",
        IOException when exception.HResult is UnixNoSpace or WindowsNoSpace => $"{path} cannot be written: the disk is full.",
        IOException when exception.HResult is UnixQuota => $"{path} cannot be written: the disk quota is used up.",
        _ => $"{path} cannot be written: {FirstLine(exception)}.",
    };

    private static string Folder(string path) => Path.GetDirectoryName(path) is { Length: > 0 } folder ? folder : ".";

    private static string FirstLine(Exception? exception) =>
        exception!.Message.Split('\n', 2)[0].Trim().TrimEnd('.');
}
