using System.Globalization;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Tests.TensorFlow;

/// <summary>One golden file of a TensorFlow program: the file and the expected outputs of its networks.</summary>
internal sealed class TfCase(string name)
{
    /// <summary>Arrays that go into the networks or say how they were run.</summary>
    private static readonly string[] Inputs =
    [
        "z", "labels", "images", "image_labels", "psi_vector", "mix_cutoff", "crop_range", "loss_z", "loss_labels", "pl_noise",
    ];

    public SnapshotFile File { get; } = SnapshotFile.Read(GoldenTfFolder.Path($"{name}.pkl"));

    public GoldenTensors Expected { get; } = GoldenTfFolder.Tensors(name);

    /// <summary>
    /// Names of the files, by the function that built the averaged generator: <c>G_paper</c>, <c>G_style</c>, <c>G_main</c>.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Builders { get; } = GoldenTfFolder.Names.ToDictionary(
        name => name, name => SnapshotFile.Read(GoldenTfFolder.Path($"{name}.pkl")).TfNetworks["Gs"].BuildFunction);

    /// <summary>Names of the files whose generators one of the functions built, and keys of the expected arrays.</summary>
    public static TheoryData<string, string> Outputs(Func<string, bool> builder)
    {
        var data = new TheoryData<string, string>();
        foreach (string file in GoldenTfFolder.Names.Where(name => builder(Builders[name])))
        {
            foreach (string key in GoldenTfFolder.Tensors(file).Keys.Where(k => !Inputs.Contains(k)).Order(
                StringComparer.Ordinal))
            {
                data.Add(file, key);
            }
        }

        return data;
    }

    /// <summary>
    /// The truncation that the program applies when it is not told another (the file's options go before its defaults).
    /// </summary>
    public Truncation DefaultTruncation
    {
        get
        {
            IReadOnlyDictionary<string, object?> options = File.TfNetworks["Gs"].StaticKwargs;
            if (!options.TryGetValue("truncation_psi", out object? psi))
            {
                psi = IsStyleGan1 ? 0.7 : 0.5;
            }

            return psi is null
                ? Truncation.None : Truncation.Uniform(Convert.ToDouble(psi, CultureInfo.InvariantCulture), DefaultCutoff);
        }
    }

    /// <summary>
    /// The first layer that keeps its w where no cutoff is given: 8 in StyleGAN, unless the file says otherwise; null: none does.
    /// </summary>
    public int? DefaultCutoff => File.TfNetworks["Gs"].StaticKwargs.TryGetValue("truncation_cutoff", out object? cutoff)
        ? (cutoff is null ? null : Convert.ToInt32(cutoff, CultureInfo.InvariantCulture))
        : IsStyleGan1 ? 8 : null;

    private bool IsStyleGan1 => Builders[name] == "G_style";

    /// <summary>
    /// The level of arrays that name none. Where there are arrays of the stored level, they say so and all others are of full
    /// resolution; else the networks ran as they were stored.
    /// </summary>
    public double DefaultLod =>
        !Expected.Has("stored_lod") || Expected.Keys.Any(k => k.EndsWith("_stored_lod", StringComparison.Ordinal))
        ? 0
        : Expected["stored_lod"].Item();

    /// <summary>A generator at a level of detail; null: the stored one.</summary>
    public IGenerator Generator(double? lod = 0, string network = "Gs")
    {
        IGenerator g = NetworkLoader.LoadGenerator(File, network);
        SetLod(g, lod);
        return g;
    }

    public IDiscriminator Discriminator(double? lod = 0)
    {
        IDiscriminator d = NetworkLoader.LoadDiscriminator(File);
        SetLod(d, lod);
        return d;
    }

    /// <summary>Untruncated ws of the case's latents, [N, NumWs, WDim].</summary>
    public Tensor Ws(IGenerator g) => g.Map(Expected["z"], Expected.Optional("labels"));

    private static void SetLod(object network, double? lod)
    {
        if (lod is double value && network is IGrowing growing)
        {
            growing.Lod = value;
        }
    }
}
