using System.Net.Http.Headers;

namespace StyleGanSharp.Generation.Models.Downloads;

/// <summary>
/// What has arrived of a file, beside its name, with the server's mark of this version: only the same version is continued. One
/// program at a time may hold it.
/// </summary>
internal sealed class PartialFile : IDisposable
{
    private readonly string path;
    private readonly FileStream stream;

    private PartialFile(string path, FileStream stream)
    {
        (this.path, this.stream) = (path, stream);
        stream.Seek(0, SeekOrigin.End);
    }

    /// <summary>Opens what has arrived; null: another program holds it.</summary>
    internal static PartialFile? TryOpen(string target)
    {
        string path = $"{target}.part";
        try
        {
            return new PartialFile(path, new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException) && File.Exists(path))
        {
            return null;
        }
    }

    internal long Length => stream.Length;

    /// <summary>The mark of the version; null: it cannot be continued.</summary>
    internal RangeConditionHeaderValue? Version => File.Exists(VersionPath)
        && RangeConditionHeaderValue.TryParse(File.ReadAllText(VersionPath), out var version) ? version : null;

    private string VersionPath => $"{path}.version";

    /// <summary>Begins anew.</summary>
    internal void Restart(RangeConditionHeaderValue? version)
    {
        stream.SetLength(0);
        File.Delete(VersionPath);
        if (version is not null)
        {
            File.WriteAllText(VersionPath, version.ToString());
        }
    }

    internal void Append(ReadOnlySpan<byte> bytes) => stream.Write(bytes);

    /// <summary>Has what arrived looked at, from its first byte on.</summary>
    internal T Read<T>(Func<Stream, T> look)
    {
        stream.Seek(0, SeekOrigin.Begin);
        T result = look(stream);
        stream.Seek(0, SeekOrigin.End);
        return result;
    }

    /// <summary>Gives the file its name.</summary>
    internal void Finish(string target)
    {
        stream.Flush(flushToDisk: true);
        stream.Dispose();
        File.Move(path, target, overwrite: true);
        File.Delete(VersionPath);
    }

    /// <summary>Removes everything.</summary>
    internal void Discard()
    {
        stream.Dispose();
        File.Delete(path);
        File.Delete(VersionPath);
    }

    public void Dispose()
    {
        bool empty = stream.CanRead && stream.Length == 0;
        stream.Dispose();
        if (empty)
        {
            File.Delete(path);
        }
    }
}
