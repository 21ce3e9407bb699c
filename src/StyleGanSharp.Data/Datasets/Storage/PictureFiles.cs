using System.Text.Json;
using StyleGanSharp.Data.Files;

namespace StyleGanSharp.Data.Datasets.Storage;

/// <summary>
/// Which files of a store are its images, and which file has their labels. Hidden files, the results of this program and training
/// runs that lie in a folder of images are none of them; a folder that merely wraps everything counts as the top.
/// </summary>
internal sealed class PictureFiles
{
    private const int MostNamed = 5;

    private readonly IFileStore store;
    private readonly List<string> remarks = [];

    private PictureFiles(IFileStore store, string? sourceName, string? destination)
    {
        this.store = store;
        Files = FileStores.Pictures(store);
        remarks.AddRange(store.Remarks);
        int[] labelFiles = [];
        HashSet<string> left = [];
        if (store is not Lmdb.LmdbStore)
        {
            SayHidden();
            labelFiles = [.. Enumerable.Range(0, store.Names.Count).Where(IsLabelFile)];
            LeaveOutDestination(destination);
            left = LeaveOut(labelFiles, sourceName);
            labelFiles = [.. labelFiles.Where(i => !IsBelow(store.Names[i], left))];
            SayArchives();
        }

        Root = CommonFolder([.. Files, .. labelFiles]);
        int own = Array.FindIndex(labelFiles, i => store.Names[i] == Root + Datasets.LabelFile.Name);
        LabelFile = own < 0 ? null : labelFiles[own];
        foreach (int other in labelFiles.Where(i => i != LabelFile).Take(MostNamed))
        {
            remarks.Add(
                $"The labels in {store.Names[other]} are not used: only {Datasets.LabelFile.Name} at the top of a data set is, "
                    + $"with the names of all images from there.");
        }

        if (FileStores.LeftOut(store, name => IsBelow(name, left)) is { } others)
        {
            remarks.Add(others);
        }
    }

    /// <summary>Numbers of the images' files in the store, in its order; at least one.</summary>
    public int[] Files { get; private set; }

    /// <summary>The folder that all images and their labels lie in, with a slash at its end; empty: the top.</summary>
    public string Root { get; }

    /// <summary>Number of the file with the labels; null: there is none.</summary>
    public int? LabelFile { get; }

    /// <summary>What was left out, one sentence each.</summary>
    public IReadOnlyList<string> Remarks => remarks;

    /// <summary>Finds the images of a store.</summary>
    /// <param name="store">The files.</param>
    /// <param name="sourceName">
    /// Name of the folder or archive, by which data sets that were made from it are known; null: it does not matter.
    /// </param>
    /// <param name="destination">Name, in the store, of the data set that is to be written; null: it lies elsewhere.</param>
    /// <exception cref="DatasetException">There is none.</exception>
    public static PictureFiles Of(IFileStore store, string? sourceName = null, string? destination = null) =>
        new(store, sourceName, destination);

    /// <summary>The name by which a data set remembers its source.</summary>
    public static string NameOf(string source) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(source)));

    /// <summary>The longest folder that all of some files lie in, with a slash at its end; empty: the top.</summary>
    public static string CommonFolder(IEnumerable<string> names)
    {
        string? common = null;
        foreach (string name in names)
        {
            ReadOnlySpan<char> folder = name.AsSpan(0, name.LastIndexOf('/') + 1);
            common ??= folder.ToString();
            if (!folder.StartsWith(common, StringComparison.Ordinal))
            {
                int equal = folder.CommonPrefixLength(common);
                common = common[..(common.AsSpan(0, equal).LastIndexOf('/') + 1)];
            }

            if (common.Length == 0)
            {
                break;
            }
        }

        return common ?? "";
    }

    private string CommonFolder(int[] files) => CommonFolder(files.Select(i => store.Names[i]));

    private bool IsLabelFile(int index) =>
        Path.GetFileName(store.Names[index]) == Datasets.LabelFile.Name && !HiddenFiles.Contains(store.Names[index]);

    private void SayHidden()
    {
        string[] hidden = [.. store.Names.Where(FileStores.IsHiddenImage)];
        if (hidden.Length > 0)
        {
            remarks.Add($"{Count(hidden.Length)} in hidden or system folders, or hidden themselves, "
                + $"are left out, such as {hidden[0]}.");
        }
    }

    private void SayArchives()
    {
        Dictionary<string, int> byPrefix = store.Archives.ToDictionary(a => a.Prefix, _ => 0, StringComparer.Ordinal);
        foreach (int file in byPrefix.Count > 0 ? Files : [])
        {
            string name = store.Names[file];
            for (int end = 0; end >= 0; end = name.IndexOf('/', end) is >= 0 and var slash ? slash + 1 : -1)
            {
                if (byPrefix.TryGetValue(name[..end], out int before))
                {
                    byPrefix[name[..end]] = before + 1;
                    break;
                }
            }
        }

        (string Name, int Count)[] counts = [.. store.Archives.Select(a => (a.Name, byPrefix[a.Prefix])).Where(c => c.Item2 > 0)];
        if (counts.Length > 0)
        {
            string named = string.Join(", ", counts.Take(MostNamed).Select(c => $"{c.Name}: {c.Count}")) + (
                counts.Length > MostNamed ? ", ..." : "");
            remarks.Add($"{counts.Sum(c => c.Count)} of {Count(Files.Length)} come from archives inside ({named}).");
        }
    }

    // A folder that is to be written is new or empty, so only an archive can be meant.
    private void LeaveOutDestination(string? destination)
    {
        if (destination is not null && store.Names.Contains(destination))
        {
            remarks.Add($"{destination} is left out: it is what is written.");
        }
    }

    /// <summary>
    /// Takes out what this program made: data sets of the source, and runs. Data sets of other sources may be the source itself.
    /// </summary>
    /// <returns>The folders (or archives) left out.</returns>
    private HashSet<string> LeaveOut(int[] labelFiles, string? sourceName)
    {
        string top = CommonFolder([.. Files, .. labelFiles]);
        var results = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (int file in labelFiles)
        {
            string folder = FolderOf(store.Names[file]);
            if (folder.Length > top.Length && Source(file) is { } made)
            {
                results[folder] = made;
            }
        }

        HashSet<string> runs = [.. Runs().Where(r => r.Length > top.Length)];
        if (results.Count == 0 && runs.Count == 0)
        {
            return [];
        }

        HashSet<string>[] choices =
        [
            [.. runs, .. results.Keys], [.. runs, .. results.Where(r => r.Value == sourceName).Select(r => r.Key)], runs,
        ];
        foreach (HashSet<string> left in choices)
        {
            int[] kept = [.. Files.Where(i => !IsBelow(store.Names[i], left))];
            if (kept.Length > 0)
            {
                SayLeftOut(left, runs);
                Files = kept;
                return left;
            }
        }

        return [];
    }

    private void SayLeftOut(HashSet<string> left, HashSet<string> runs)
    {
        foreach (string folder in left.Order(StringComparer.Ordinal).Take(MostNamed))
        {
            int pictures = Files.Count(i => store.Names[i].StartsWith(folder, StringComparison.Ordinal));
            string what = runs.Contains(folder)
                ? "a training run" : "a data set that this program made; name it as the source to use it";
            if (pictures > 0)
            {
                remarks.Add($"{folder.TrimEnd('/')} is left out with its {Count(pictures)}: it is {what}.");
            }
        }
    }

    // Folders of training runs, this program's and the field's.
    private IEnumerable<string> Runs()
    {
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string name in store.Names)
        {
            int marks = Path.GetFileName(name.AsSpan()) switch
            {
                "training-state.safetensors" or "training_options.json" => 2,
                "options.json" or "log.txt" => 1,
                _ => 0,
            };
            if (marks > 0)
            {
                string folder = FolderOf(name);
                found[folder] = found.GetValueOrDefault(folder) + marks;
            }
        }

        return found.Where(f => f.Value > 1).Select(f => f.Key);
    }

    // What a data set of this program was made from; null: it is of another origin, or unreadable, which reading its labels says.
    private string? Source(int file)
    {
        try
        {
            var reader = new Utf8JsonReader(store.Read(file, new ReadBuffer()));
            using JsonDocument json = JsonDocument.ParseValue(ref reader);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty(Datasets.LabelFile.OriginKey, out JsonElement origin)
                && origin.ValueKind == JsonValueKind.Object
                ? origin.TryGetProperty("source", out JsonElement source) && source.ValueKind == JsonValueKind.String
                ? source.GetString() : ""
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException || FileFault.IsFileFault(exception))
        {
            return null;
        }
    }

    private static string FolderOf(string name) => name[..(name.LastIndexOf('/') + 1)];

    private static bool IsBelow(string name, HashSet<string> folders)
    {
        ReadOnlySpan<char> rest = name;
        HashSet<string>.AlternateLookup<ReadOnlySpan<char>> lookup = folders.GetAlternateLookup<ReadOnlySpan<char>>();
        while (folders.Count > 0 && rest.LastIndexOf('/') is >= 0 and var slash)
        {
            if (lookup.Contains(rest[..(slash + 1)]))
            {
                return true;
            }

            rest = rest[..slash];
        }

        return false;
    }

    private static string Count(int pictures) => pictures == 1 ? "1 image" : $"{pictures} images";
}
