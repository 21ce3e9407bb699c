using StyleGanSharp.Data.Files;

namespace StyleGanSharp.Generation.Images;

/// <summary>Folders that are about to be created: when the work fails, those that stayed empty are removed.</summary>
internal sealed class NewFolders
{
    private readonly List<string> missing = [];

    /// <summary>Remembers which folders of a path are not there yet.</summary>
    internal void Expect(string folder)
    {
        for (string? path = Path.GetFullPath(folder); path is not null
            && !Directory.Exists(path); path = Path.GetDirectoryName(path))
        {
            missing.Add(path);
        }
    }

    /// <summary>Removes what was made since and is empty, the innermost first.</summary>
    internal void RemoveEmpty()
    {
        foreach (string folder in missing.OrderByDescending(f => f.Length))
        {
            try
            {
                if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
                {
                    Directory.Delete(folder);
                }
            }
            catch (Exception e) when (FileFault.IsFileFault(e))
            {
                // Whatever ended the work is the message.
            }
        }
    }
}
