using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.StyleGan2;

/// <summary>
/// The StyleGAN2 generator: mapping and synthesis. Source: Karras et al., "Analyzing and Improving the Image Quality of StyleGAN"
/// (2020), and "Training GANs with Limited Data" (2020).
/// </summary>
public sealed class Generator : Module, ITrainableGenerator, IReducedPrecision, IRecordsSynthesis
{
    /// <summary>Creates the generator.</summary>
    /// <param name="options">Architecture.</param>
    /// <param name="init">First values.</param>
    public Generator(GeneratorOptions options, Initializer init)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        Synthesis = AddModule("synthesis", new SynthesisNetwork(options, init));
        Mapping = AddModule(
            "mapping", new MappingNetwork(options.ZDim, options.CDim, options.WDim, Synthesis.NumWs, options.Mapping, init));
        Recorded = new RecordedSynthesis(this);
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
    public int Width => Options.WidthAt(Options.Resolution);

    /// <inheritdoc/>
    public int Height => Options.HeightAt(Options.Resolution);

    /// <inheritdoc/>
    public int ImageChannels => Options.ImageChannels;

    /// <inheritdoc/>
    public IReadOnlyList<int> NoiseResolutions => Options.UseNoise ? ChannelRule.Resolutions(Options.Resolution) : [];

    /// <inheritdoc/>
    public IReadOnlyList<NoiseLayer> NoiseLayers => [.. Synthesis.Blocks.SelectMany(b => b.NoiseLayers)];

    /// <inheritdoc/>
    public Tensor? WAvg => Mapping.WAvg;

    /// <inheritdoc/>
    public Precision Precision
    {
        get => Synthesis.Precision;
        set => Synthesis.Precision = value;
    }

    /// <summary>Recordings of the synthesis; replaced by tests only.</summary>
    internal RecordedSynthesis Recorded { get; set; }

    /// <summary>z and c to w.</summary>
    public MappingNetwork Mapping { get; }

    /// <summary>w to images.</summary>
    public SynthesisNetwork Synthesis { get; }

    /// <inheritdoc/>
    public int ActiveWs => NumWs;

    /// <inheritdoc/>
    public Tensor Map(Tensor z, Tensor? c) => Mapping.Forward(z, c);

    /// <inheritdoc/>
    public Tensor Map(Tensor z, Tensor? c, bool updateAverages) => Mapping.Forward(z, c, updateAverage: updateAverages);

    /// <inheritdoc/>
    public Tensor Synthesize(Tensor ws, NoiseInput noise, bool updateAverages) =>
        Synthesis.Forward(ws, noise);

    /// <inheritdoc/>
    /// <remarks>Repeated calls of the same form are recorded on CUDA devices: <see cref="RecordedSynthesis"/>.</remarks>
    public Tensor Synthesize(Tensor ws, NoiseInput noise)
    {
        ArgumentNullException.ThrowIfNull(ws);
        ArgumentNullException.ThrowIfNull(noise);
        return Recorded.Run(ws, noise, (Precision, Synthesis.ForcedFeatures), x => Synthesis.Forward(x, noise));
    }

    /// <inheritdoc/>
    public void ReleaseRecordings() => Recorded.Release();

    /// <summary>Makes images from latents.</summary>
    /// <param name="z">[N, ZDim] of N(0,1).</param>
    /// <param name="c">Labels, [N, CDim]; null for an unconditional network.</param>
    /// <param name="truncationPsi">1: no truncation.</param>
    /// <param name="truncationCutoff">How many of the first ws are truncated; null: all.</param>
    /// <param name="noise">Source of the noise; null: the stored one.</param>
    /// <returns>[N, colours, Height, Width] float32, about [-1, 1].</returns>
    public Tensor Forward(
        Tensor z, Tensor? c = null, double truncationPsi = 1, int? truncationCutoff = null, NoiseInput? noise = null)
    {
        using var scope = new TensorScope();
        Tensor ws = Mapping.Forward(z, c, truncationPsi, truncationCutoff);
        return scope.Keep(Synthesis.Forward(ws, noise ?? NoiseInput.Const));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Recorded.Dispose();
        base.Dispose(disposing);
    }
}
