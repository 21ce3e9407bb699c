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
    public static TheoryData<string> Names =>
        With("");

    /// <summary>The snapshots whose expected outputs include a key beginning with the given text.</summary>
    public static TheoryData<string> With(string key) =>
        [.. Directory.GetFiles(GoldenFolder.Path("snapshots"), "*.npz").Select(f => Path.GetFileNameWithoutExtension(f)).Order()
            .Where(n => GoldenFolder.Arrays($"snapshots/{n}.npz").Keys.Any(k => k.StartsWith(key, StringComparison.Ordinal)))];

    /// <summary>Loads a case; skips the test where the generator waits for another issue.</summary>
    public static SnapshotCase Load(string name)
    {
        Assert.SkipWhen(
            GoldenFolder.Json($"snapshots/{name}.json").TryGetProperty("layer_names", out _), "Waits for the StyleGAN3 networks (issue 2).");
        return new SnapshotCase(name);
    }

    /// <summary>Loads a case for its discriminator, which all generations here share.</summary>
    public static SnapshotCase LoadAny(string name) => new(name);

    public Generator Generator(string network = "G_ema") => (Generator)NetworkLoader.LoadGenerator(File, network);

    public Discriminator Discriminator() => (Discriminator)NetworkLoader.LoadDiscriminator(File);
}
