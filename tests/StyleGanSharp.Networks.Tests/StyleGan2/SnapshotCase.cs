using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Networks.Tests.StyleGan2;

/// <summary>One golden snapshot: the file and the expected outputs of its networks.</summary>
internal sealed class SnapshotCase
{
    private SnapshotCase(string name)
    {
        File = SnapshotFile.Read(GoldenFolder.Path($"snapshots/{name}.pkl"));
        Expected = new GoldenTensors($"snapshots/{name}.npz");
    }

    public SnapshotFile File { get; }

    public GoldenTensors Expected { get; }

    /// <summary>Every snapshot for which an archive of expected outputs stands beside the file.</summary>
    public static IEnumerable<string> All =>
        Directory.GetFiles(GoldenFolder.Path("snapshots"), "*.npz").Select(f => Path.GetFileNameWithoutExtension(f)).Order();

    /// <summary>The snapshots whose generators are StyleGAN2's.</summary>
    public static TheoryData<string> Names => With("");

    /// <summary>Those of them whose expected outputs include a key beginning with the given text.</summary>
    public static TheoryData<string> With(string key) => [.. All.Where(n => !IsAliasFree(n) && HasKey(n, key))];

    /// <summary>The snapshots of any generation whose expected outputs include such a key, for what all of them share.</summary>
    public static TheoryData<string> AnyWith(string key) => [.. All.Where(n => HasKey(n, key))];

    /// <summary>Whether the generators are StyleGAN3's, by the description that stands beside the file.</summary>
    public static bool IsAliasFree(string name) => GoldenFolder.Json($"snapshots/{name}.json").TryGetProperty("layer_names", out _);

    /// <summary>Loads a case.</summary>
    public static SnapshotCase Load(string name) => new(name);

    public Generator Generator(string network = "G_ema") => (Generator)NetworkLoader.LoadGenerator(File, network);

    public Discriminator Discriminator() => (Discriminator)NetworkLoader.LoadDiscriminator(File);

    private static bool HasKey(string name, string key) =>
        GoldenFolder.Arrays($"snapshots/{name}.npz").Keys.Any(k => k.StartsWith(key, StringComparison.Ordinal));
}
