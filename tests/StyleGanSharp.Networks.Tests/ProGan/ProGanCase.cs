using System.Globalization;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.ProGan;
using StyleGanSharp.Networks.Tests.TensorFlow;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Networks.Tests.ProGan;

/// <summary>One golden ProGAN file and the expected outputs of its networks.</summary>
internal sealed class ProGanCase(string name)
{
    public const string StoredLod = "stored_lod";

    private static readonly string[] Inputs = ["z", "labels", "images", "image_labels", StoredLod, "gp_z", "gp_mix", "gp_labels"];

    public SnapshotFile File { get; } = SnapshotFile.Read(GoldenTfFolder.Path($"{name}.pkl"));

    public GoldenTensors Expected { get; } = GoldenTfFolder.Tensors(name);

    /// <summary>Every file whose networks are ProGANs and that has expected outputs.</summary>
    public static IEnumerable<string> Names { get; } =
        [.. GoldenTfFolder.Names.Where(n => TfCase.Builders[n] == "G_paper")];

    /// <summary>The expected outputs whose keys begin with one of the texts, with what follows it.</summary>
    public IEnumerable<(string Key, string Variant)> Outputs(string prefix) =>
        Expected.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Select(k => (k, k[prefix.Length..]));

    /// <summary>The expected outputs that no prefix covers.</summary>
    public IEnumerable<string> Others(params string[] prefixes) =>
        Expected.Keys.Except(Inputs).Where(k => !prefixes.Any(p => k.StartsWith(p, StringComparison.Ordinal)));

    public Generator Generator(string? network = null) => (Generator)NetworkLoader.LoadGenerator(File, network);

    public Discriminator Discriminator() => (Discriminator)NetworkLoader.LoadDiscriminator(File);

    /// <summary>"lod1_25": 1.25.</summary>
    public static double Lod(string variant) =>
        double.Parse(variant["lod".Length..].Replace('_', '.'), CultureInfo.InvariantCulture);
}
