namespace StyleGanSharp.Testing;

/// <summary>
/// Files that tests know by name, always those of this checkout: <see cref="GoldenFolder"/> and its like may be other folders.
/// </summary>
public static class Fixtures
{
    /// <summary>tests/golden.</summary>
    public static GoldenFiles Golden { get; } = new("golden");

    /// <summary>tests/golden-tf.</summary>
    public static GoldenFiles GoldenTf { get; } = new("golden-tf");

    /// <summary>tests/golden-faces.</summary>
    public static GoldenFiles GoldenFaces { get; } = new("golden-faces");

    /// <summary>Forty rendered portraits, 64x64, as a data set.</summary>
    public static string Portraits => Path.Combine(
        RepositoryRoot.Find(), "tests", "StyleGanSharp.Testing", "Portraits", "portraits-64.zip");

    /// <summary>The arrays of tests/golden-tf/NAME.npz as tensors.</summary>
    public static GoldenTensors TfTensors(string name) => new(GoldenTf, $"{name}.npz");

    /// <summary>Every snapshot of both folders that holds networks to run, by its full path.</summary>
    public static IEnumerable<string> Snapshots =>
    [
        .. Golden.Names("snapshots", ".pkl").Select(name => Golden.Path($"snapshots/{name}.pkl")),
        .. GoldenTf.Names("", ".pkl").Where(name => GoldenTf.Has($"{name}.npz")).Select(name => GoldenTf.Path($"{name}.pkl")),
    ];
}
