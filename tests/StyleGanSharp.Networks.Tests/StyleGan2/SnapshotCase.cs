using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Networks.Tests.StyleGan2;

/// <summary>One golden snapshot: the file and the expected outputs of its networks.</summary>
internal sealed class SnapshotCase
{
    private SnapshotCase(GoldenFiles files, string name)
    {
        File = SnapshotFile.Read(files.Path($"snapshots/{name}.pkl"));
        Expected = new GoldenTensors(files, $"snapshots/{name}.npz");
    }

    public SnapshotFile File { get; }

    public GoldenTensors Expected { get; }

    /// <summary>Every snapshot for which an archive of expected outputs stands beside the file.</summary>
    public static IEnumerable<string> All =>
        GoldenFolder.Names("snapshots", ".npz").Where(name => GoldenFolder.Has($"snapshots/{name}.pkl"));

    /// <summary>The snapshots whose generators are StyleGAN2's.</summary>
    public static TheoryData<string> Names => With("");

    /// <summary>Those of them whose expected outputs include a key beginning with the given text.</summary>
    public static TheoryData<string> With(string key) => [.. All.Where(n => !IsAliasFree(n) && HasKey(n, key))];

    /// <summary>The snapshots of any generation whose expected outputs include such a key, for what all of them share.</summary>
    public static TheoryData<string> AnyWith(string key) => [.. All.Where(n => HasKey(n, key))];

    /// <summary>Whether the generators are StyleGAN3's: only these have layers without blocks.</summary>
    public static bool IsAliasFree(string name) => HasKey(name, "layer/");

    /// <summary>Loads a case.</summary>
    public static SnapshotCase Load(string name) => new(GoldenFolder.Files, name);

    /// <summary>Loads one of this checkout's own cases.</summary>
    public static SnapshotCase Fixture(string name) => new(Fixtures.Golden, name);

    public Generator Generator(string network = "G_ema") => (Generator)NetworkLoader.LoadGenerator(File, network);

    public Discriminator Discriminator() => (Discriminator)NetworkLoader.LoadDiscriminator(File);

    private static bool HasKey(string name, string key) =>
        GoldenFolder.Keys($"snapshots/{name}.npz").Any(k => k.StartsWith(key, StringComparison.Ordinal));
}
