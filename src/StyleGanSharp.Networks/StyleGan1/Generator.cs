using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.StyleGan1;

/// <summary>
/// The StyleGAN generator: mapping and synthesis. Source: Karras et al., "A Style-Based Generator Architecture for Generative Adversarial
/// Networks" (2019).
/// </summary>
public sealed class Generator : Module, IGenerator, IGrowing
{
    private readonly Tensor lod;
    private double level;

    /// <summary>Creates the generator.</summary>
    /// <param name="options">Architecture.</param>
    /// <param name="init">First values.</param>
    public Generator(GeneratorOptions options, Initializer init)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(init);
        Options = options;
        Synthesis = AddModule("synthesis", new SynthesisNetwork(options, init));
        Mapping = AddModule("mapping", new MappingNetwork(Synthesis.NumWs, options, init));
        lod = AddBuffer("lod", Tensor.Zeros([]))!;
    }

    /// <summary>Architecture.</summary>
    public GeneratorOptions Options { get; }

    /// <inheritdoc/>
    public int ZDim => Options.ZDim;

    /// <inheritdoc/>
    public int CDim => Options.CDim;

    /// <inheritdoc/>
    public int WDim => Options.WDim;

    /// <inheritdoc/>
    public int NumWs => Synthesis.NumWs;

    /// <inheritdoc/>
    public int Width => Options.Resolution;

    /// <inheritdoc/>
    public int Height => Options.Resolution;

    /// <inheritdoc/>
    public int ImageChannels => Options.ImageChannels;

    /// <inheritdoc/>
    /// <remarks>Those that the network has grown to.</remarks>
    public IReadOnlyList<int> NoiseResolutions => Options.UseNoise
        ? [.. StyleGan2.ChannelRule.Resolutions(Options.Resolution).Where(r => r <= Math.Max(4, Options.Resolution >> (int)Math.Min(level, 16)))]
        : [];

    /// <inheritdoc/>
    public Tensor? WAvg => Mapping.WAvg;

    /// <summary>z and c to w.</summary>
    public MappingNetwork Mapping { get; }

    /// <summary>w to pictures.</summary>
    public SynthesisNetwork Synthesis { get; }

    /// <inheritdoc/>
    public double Lod
    {
        get => level;
        set
        {
            LevelOfDetail.Write(lod, value);
            level = value;
        }
    }

    /// <inheritdoc/>
    public Tensor Map(Tensor z, Tensor? c) => Mapping.Forward(z, c);

    /// <inheritdoc/>
    public Tensor Synthesize(Tensor ws, NoiseInput noise) => Synthesis.Forward(ws, noise, Lod);

    /// <inheritdoc/>
    protected override void OnLoaded() => level = LevelOfDetail.Read(lod);
}
