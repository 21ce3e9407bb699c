using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace StyleGanSharp.Data.Datasets.Storage;

/// <summary>
/// Files that nobody put into a folder of images on purpose: hidden ones, and those that desktops, servers and notebooks keep
/// there for themselves (thumbnails, wastebaskets, checkpoints, repositories).
/// </summary>
internal static partial class HiddenFiles
{
    private static readonly FrozenSet<string> SystemFolders = FrozenSet.ToFrozenSet(
        [
            "__MACOSX", "@eaDir", "@Recycle", "@Recently-Snapshot", "#recycle", "#snapshot", "$RECYCLE.BIN", "RECYCLER",
            "RECYCLED",
            "System Volume Information", "lost+found", "Network Trash Folder", "Temporary Items", "FOUND.000", "__pycache__",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a file is hidden, or lies in a hidden folder or a system's.</summary>
    /// <param name="name">Its name below the source, with forward slashes.</param>
    internal static bool Contains(string name)
    {
        for (int start = 0; start < name.Length;)
        {
            int slash = name.IndexOf('/', start);
            ReadOnlySpan<char> part = name.AsSpan(start, (slash < 0 ? name.Length : slash) - start);
            bool isFolder = slash >= 0;
            if ((part.Length > 1 && part[0] == '.' && !part.SequenceEqual(".."))
                || (isFolder && (
                    SystemFolders.GetAlternateLookup<ReadOnlySpan<char>>().Contains(part) || Unfinished().IsMatch(part))))
            {
                return true;
            }

            start = slash < 0 ? name.Length : slash + 1;
        }

        return false;
    }

    // What AtomicFolder leaves behind when the program is killed.
    [GeneratedRegex(@"\.tmp-[0-9a-f]{12}$")]
    private static partial Regex Unfinished();
}
