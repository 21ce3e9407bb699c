using StyleGanSharp.Data.Files;

namespace StyleGanSharp.Data.Datasets.Storage;

/// <summary>
/// The files of a folder or archive together with those of the zip archives in it, in their place. An archive that cannot be
/// opened counts as one damaged image.
/// </summary>
internal sealed class NestedStore : IFileStore
{
    private readonly IFileStore outer;
    private readonly List<IFileStore> inner = [];
    private readonly List<string> names = [];
    private readonly List<(IFileStore? Store, int Index, string? Problem)> files = [];
    private readonly List<(string Name, string Prefix)> archives = [];

    private NestedStore(IFileStore outer)
    {
        this.outer = outer;
    }

    public string Path => outer.Path;

    public IReadOnlyList<string> Names => names;

    public IReadOnlyList<(string Name, string Prefix)> Archives => archives;

    /// <summary>Adds the files of inner archives where there are some; hidden ones stay closed.</summary>
    /// <param name="store">The folder or archive.</param>
    /// <param name="omit">Names an archive that stays closed, too; null: there is none.</param>
    /// <returns>A store to dispose in the place of <paramref name="store"/>, or itself.</returns>
    public static IFileStore Open(IFileStore store, Func<string, bool>? omit = null) =>
        Open(store, ExpansionBudget.MaxDepth, new ExpansionBudget(), omit ?? (_ => false));

    public bool IsImage(int index) => files[index] is (var store, var at, null) ? store!.IsImage(at) : true;

    public ReadOnlySpan<byte> ReadStart(int index, ReadBuffer buffer, int count) =>
        Find(index, out int at).ReadStart(at, buffer, count);

    public ReadOnlySpan<byte> Read(int index, ReadBuffer buffer) => Find(index, out int at).Read(at, buffer);

    public void Dispose()
    {
        inner.ForEach(s => s.Dispose());
        outer.Dispose();
    }

    private static IFileStore Open(IFileStore store, int depth, ExpansionBudget budget, Func<string, bool> omit)
    {
        if (store is not (FolderStore or ZipStore))
        {
            return store;
        }

        bool Opens(int i) => IsArchive(store.Names[i]) && !omit(store.Names[i]);
        int[] archives = [.. Enumerable.Range(0, store.Names.Count).Where(Opens)];
        if (archives.Length == 0)
        {
            return store;
        }

        // A wrapping around a single archive is not shown in names, so that labels inside of it fit.
        bool isWrapping = archives.Length == 1 && !Enumerable.Range(0, store.Names.Count).Any(store.IsImage);
        var result = new NestedStore(store);
        for (int i = 0; i < store.Names.Count; i++)
        {
            if (Opens(i))
            {
                result.AddArchive(i, isWrapping ? "" : $"{store.Names[i]}/", depth, budget);
            }
            else
            {
                result.names.Add(store.Names[i]);
                result.files.Add((store, i, null));
            }
        }

        return result;
    }

    private static bool IsArchive(string name) =>
        name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) && !HiddenFiles.Contains(name);

    private void AddArchive(int index, string prefix, int depth, ExpansionBudget budget)
    {
        try
        {
            if (depth == 0)
            {
                throw new InvalidDataException($"lies more than {ExpansionBudget.MaxDepth} archives deep: unpack it by hand");
            }

            IFileStore archive = outer is ZipStore zip
                ? zip.OpenArchive(index, budget)
                : ZipStore.Open(System.IO.Path.Combine(outer.Path, outer.Names[index]));
            IFileStore opened = Open(archive, depth - 1, budget, _ => false);
            inner.Add(opened);
            archives.Add((outer.Names[index], prefix));
            for (int i = 0; i < opened.Names.Count; i++)
            {
                names.Add(prefix + opened.Names[i]);
                files.Add((opened, i, null));
            }
        }
        catch (InvalidDataException exception)
        {
            names.Add(outer.Names[index]);
            files.Add((null, 0, exception.Message));
        }
        catch (Exception exception) when (FileFault.IsFileFault(exception))
        {
            names.Add(outer.Names[index]);
            files.Add((null, 0, $"cannot be read ({exception.Message.Split('\n')[0].TrimEnd('.')})"));
        }
    }

    private IFileStore Find(int index, out int at)
    {
        (IFileStore? store, at, string? problem) = files[index];
        return store ?? throw new InvalidDataException(problem);
    }
}
