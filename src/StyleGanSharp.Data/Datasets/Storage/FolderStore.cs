using Microsoft.Win32.SafeHandles;
using StyleGanSharp.Data.Files;

namespace StyleGanSharp.Data.Datasets.Storage;

/// <summary>All files below a folder, in the order of their path components. Links to folders are not followed.</summary>
internal sealed class FolderStore : IFileStore
{
    private readonly string[] names;

    public FolderStore(string path)
    {
        Path = path;
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            IgnoreInaccessible = false,
            AttributesToSkip = FileAttributes.None,
        };
        var files = new System.IO.Enumeration.FileSystemEnumerable<string>(
            path, (ref System.IO.Enumeration.FileSystemEntry entry) => entry.ToFullPath(), options)
        {
            ShouldIncludePredicate = (ref System.IO.Enumeration.FileSystemEntry entry) => !entry.IsDirectory,

            // A link to a folder above would never end.
            ShouldRecursePredicate = (ref System.IO.Enumeration.FileSystemEntry entry) =>
                (entry.Attributes & FileAttributes.ReparsePoint) == 0,
        };
        names = [.. files.Select(
            f => System.IO.Path.GetRelativePath(path, f).Replace(System.IO.Path.DirectorySeparatorChar, '/'))];
        Array.Sort(names, CompareByComponents);
    }

    private FolderStore(string path, string name)
    {
        Path = path;
        names = [name];
    }

    public string Path { get; }

    public IReadOnlyList<string> Names => names;

    /// <summary>A single file.</summary>
    public static FolderStore OfFile(string path) =>
        new(System.IO.Path.GetDirectoryName(path) is { Length: > 0 } folder ? folder : ".", System.IO.Path.GetFileName(path));

    public long Length(int index) => new FileInfo(System.IO.Path.Combine(Path, names[index])).Length;

    public ReadOnlySpan<byte> ReadStart(int index, ReadBuffer buffer, int count)
    {
        using SafeFileHandle handle = OrdinaryFile.Open(System.IO.Path.Combine(Path, names[index]));
        return Fill(handle, buffer.File((int)Math.Min(count, RandomAccess.GetLength(handle))));
    }

    public ReadOnlySpan<byte> Read(int index, ReadBuffer buffer)
    {
        using SafeFileHandle handle = OrdinaryFile.Open(System.IO.Path.Combine(Path, names[index]));
        long length = RandomAccess.GetLength(handle);
        return length <= FileLimits.MaxFileBytes
            ? Fill(handle, buffer.File((int)length))
            : throw new InvalidDataException(FileLimits.TooLarge(length));
    }

    public void Dispose()
    {
    }

    /// <summary>Ordinal by path component: "a/z" comes before "a-b/c", which plain strings put the other way round.</summary>
    internal static int CompareByComponents(string a, string b)
    {
        int common = Math.Min(a.Length, b.Length);
        for (int i = 0; i < common; i++)
        {
            if (a[i] != b[i])
            {
                return a[i] == '/' ? -1 : b[i] == '/' ? 1 : a[i] - b[i];
            }
        }

        return a.Length - b.Length;
    }

    private static Span<byte> Fill(SafeFileHandle handle, Span<byte> target)
    {
        int at = 0;
        while (at < target.Length)
        {
            int read = RandomAccess.Read(handle, target[at..], at);
            if (read == 0)
            {
                break;   // The file shrank since its length was asked.
            }

            at += read;
        }

        return target[..at];
    }
}
