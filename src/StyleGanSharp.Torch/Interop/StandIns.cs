using System.Globalization;
using System.Runtime.InteropServices;

namespace StyleGanSharp.Torch.Interop;

/// <summary>
/// Empty libraries under the names of those that libtorch names and does not use, made beside the shim
/// (native/cmake/StandIns.cmake). Loaded before libtorch, they spare loading the real ones.
/// </summary>
internal sealed class StandIns
{
    private readonly List<nint> handles = [];

    private StandIns(IReadOnlyList<string> names) => Names = names;

    /// <summary>File names of the libraries that are stood in for.</summary>
    internal IReadOnlyList<string> Names { get; private set; }

    /// <summary>
    /// Loads those beside a shim; none where there are none, where they were made for another libtorch, or where one cannot be
    /// loaded.
    /// </summary>
    internal static StandIns LoadBeside(string shim)
    {
        string folder = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(shim))!, "standins");
        var all = new StandIns(ReadNames(Path.Combine(folder, "libraries.txt")));
        foreach (string name in all.Names)
        {
            if (!NativeLibrary.TryLoad(Path.Combine(folder, name), out nint handle))
            {
                all.TakeBack();
                break;
            }

            all.handles.Add(handle);
        }

        return all;
    }

    /// <summary>Unloads them, so that the real ones can be loaded.</summary>
    internal void TakeBack()
    {
        handles.ForEach(NativeLibrary.Free);
        handles.Clear();
        Names = [];
    }

    /// <summary>
    /// The names in a list: three lines say for which libtorch (its file, the size in bytes, the time of its last change in
    /// seconds since 1970), the names follow. None where that file has changed.
    /// </summary>
    internal static IReadOnlyList<string> ReadNames(string list)
    {
        try
        {
            string[] lines = File.ReadAllLines(list);
            var libtorch = new FileInfo(lines[0]);
            bool same = libtorch.Exists && libtorch.Length.ToString(CultureInfo.InvariantCulture) == lines[1]
                && new DateTimeOffset(libtorch.LastWriteTimeUtc).ToUnixTimeSeconds().ToString(
                    CultureInfo.InvariantCulture) == lines[2];
            return same ? lines[3..] : [];
        }
        catch (Exception e) when (
            e is IOException or UnauthorizedAccessException or ArgumentException or IndexOutOfRangeException)
        {
            return []; // Without the list, or with half of one, everything is loaded.
        }
    }
}
