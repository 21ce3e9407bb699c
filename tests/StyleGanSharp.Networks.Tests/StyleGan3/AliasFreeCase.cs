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

    private AliasFreeCase(string name)
    {
        file = SnapshotFile.Read(GoldenFolder.Path($"snapshots/{name}.pkl"));
        Expected = new GoldenTensors($"snapshots/{name}.npz");
        Json = GoldenFolder.Json($"snapshots/{name}.json");
    }

    public GoldenTensors Expected { get; }

    public JsonElement Json { get; }

    /// <summary>Every snapshot whose description lists layers.</summary>
    public static TheoryData<string> Names => [.. SnapshotCase.All.Where(SnapshotCase.IsAliasFree)];

    public static AliasFreeCase Load(string name) => new(name);

    public Generator Generator(string network = "G_ema") => (Generator)NetworkLoader.LoadGenerator(file, network);
}
