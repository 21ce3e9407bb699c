using System.Text.Json;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.StyleGan3;
using StyleGanSharp.Networks.Tests.StyleGan2;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Networks.Tests.StyleGan3;

/// <summary>One golden snapshot of StyleGAN3: the file and the expected outputs of its generators.</summary>
internal sealed class AliasFreeCase
{
    private readonly SnapshotFile file;

    private AliasFreeCase(GoldenFiles files, string name)
    {
        file = SnapshotFile.Read(files.Path($"snapshots/{name}.pkl"));
        Expected = new GoldenTensors(files, $"snapshots/{name}.npz");
        Json = files.Json($"snapshots/{name}.json");
    }

    public GoldenTensors Expected { get; }

    public JsonElement Json { get; }

    /// <summary>Every snapshot whose expected outputs are those of layers.</summary>
    public static TheoryData<string> Names => [.. SnapshotCase.All.Where(SnapshotCase.IsAliasFree)];

    public static AliasFreeCase Load(string name) => new(GoldenFolder.Files, name);

    /// <summary>Loads one of this checkout's own cases.</summary>
    public static AliasFreeCase Fixture(string name) => new(Fixtures.Golden, name);

    public Generator Generator(string network = "G_ema") => (Generator)NetworkLoader.LoadGenerator(file, network);
}
