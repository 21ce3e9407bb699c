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

    /// <summary>Names of the files and keys of the expected arrays.</summary>
    public static TheoryData<string, string> Outputs(params string[] prefixes)
    {
        var data = new TheoryData<string, string>();
        foreach (string file in prefixes.SelectMany(GoldenTfFolder.Names))
        {
            foreach (string key in GoldenTfFolder.Tensors(file).Keys.Where(k => !Inputs.Contains(k)).Order(StringComparer.Ordinal))
            {
                data.Add(file, key);
            }
        }

        return data;
    }

    /// <summary>The truncation that the program applies when it is not told another (the file's options go before its defaults).</summary>
    public Truncation DefaultTruncation
    {
        get
        {
            IReadOnlyDictionary<string, object?> options = File.TfNetworks["Gs"].StaticKwargs;
            return options.TryGetValue("truncation_psi", out object? psi) && psi is null ? Truncation.None
                : IsStyleGan1 ? Truncation.Uniform(0.7, DefaultCutoff) : Truncation.Uniform(0.5, DefaultCutoff);
        }
    }

    public int? DefaultCutoff => IsStyleGan1 ? 8 : null;

    private bool IsStyleGan1 => name.StartsWith("stylegan1", StringComparison.Ordinal);

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
