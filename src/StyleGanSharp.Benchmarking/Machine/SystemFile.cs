using StyleGanSharp.Data.Files;

namespace StyleGanSharp.Benchmarking.Machine;

/// <summary>Files by which Linux describes itself; elsewhere they are absent.</summary>
internal static class SystemFile
{
    /// <summary>All lines; none where the file cannot be read.</summary>
    internal static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception e) when (FileFault.IsFileFault(e))
        {
            return [];
        }
    }

    /// <summary>The text behind the first line that begins with a key and a separator; null where there is none.</summary>
    internal static string? Value(string path, string key, char separator)
    {
        foreach (string line in Lines(path))
        {
            int end = line.IndexOf(separator, StringComparison.Ordinal);
            if (end > 0 && line[..end].Trim() == key)
            {
                return line[(end + 1)..].Trim().Trim('"');
            }
        }

        return null;
    }
}
