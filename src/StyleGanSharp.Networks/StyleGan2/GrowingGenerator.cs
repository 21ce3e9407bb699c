using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.StyleGan2;

/// <summary>
/// A StyleGAN2 generator that was grown progressively. Source: Karras et al., "Analyzing and Improving the Image Quality of StyleGAN"
/// (2020), table 1, configurations B to D.
/// </summary>
public sealed class GrowingGenerator : Module, IGenerator, IGrowing
{
    private readonly Tensor lod;
    private double level;

    /// <summary>Creates the generator.</summary>
    /// <param name="options">Architecture; how the blocks are connected does not matter.</param>
    /// <param name="init">First values.</param>
    public GrowingGenerator(GeneratorOptions options, Initializer init)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        Synthesis = AddModule("synthesis", new GrowingSynthesisNetwork(options, init));
        Mapping = AddModule("mapping", new MappingNetwork(options.ZDim, options.CDim, options.WDim, Synthesis.NumWs, options.Mapping, init));
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
        ? [.. ChannelRule.Resolutions(Options.Resolution).Where(r => r <= Math.Max(4, Options.Resolution >> (int)Math.Min(level, 16)))]
        : [];

    /// <inheritdoc/>
    public Tensor? WAvg => Mapping.WAvg;

    /// <summary>z and c to w.</summary>
    public MappingNetwork Mapping { get; }

    /// <summary>w to pictures.</summary>
    public GrowingSynthesisNetwork Synthesis { get; }

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
