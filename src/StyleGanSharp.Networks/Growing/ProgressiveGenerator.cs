using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Growing;

/// <summary>
/// A generator that is grown progressively, by two layers a resolution. Source: Karras et al. (2018), section 2.
/// </summary>
public abstract class ProgressiveGenerator : ProgressiveNetwork, ITrainableGenerator
{
    private readonly IGeneratorOptions options;

    private protected ProgressiveGenerator(IGeneratorOptions options) =>
        this.options = options ?? throw new ArgumentNullException(nameof(options));

    /// <inheritdoc/>
    public int ZDim => options.ZDim;

    /// <inheritdoc/>
    public int CDim => options.CDim;

    /// <inheritdoc/>
    public abstract int WDim { get; }

    /// <inheritdoc/>
    public abstract int NumWs { get; }

    /// <inheritdoc/>
    public int ActiveWs => Math.Max(NumWs - (2 * (int)Math.Floor(Lod)), 1);

    /// <inheritdoc/>
    public int Width => options.Resolution;

    /// <inheritdoc/>
    public int Height => options.Resolution;

    /// <inheritdoc/>
    public int ImageChannels => options.ImageChannels;

    /// <inheritdoc/>
    /// <remarks>Those that the network has grown to.</remarks>
    public IReadOnlyList<int> NoiseResolutions => options.UseNoise
        ? [.. ChannelRule.Resolutions(Width).Where(r => r <= Math.Max(4, Width >> (int)Math.Min(Lod, 16)))]
        : [];

    /// <inheritdoc/>
    /// <remarks>Those that the network has grown to.</remarks>
    public virtual IReadOnlyList<NoiseLayer> NoiseLayers => [];

    /// <inheritdoc/>
    public abstract Tensor? WAvg { get; }

    /// <inheritdoc/>
    public Tensor Map(Tensor z, Tensor? c) => Map(z, c, updateAverages: false);

    /// <inheritdoc/>
    public abstract Tensor Map(Tensor z, Tensor? c, bool updateAverages);

    /// <inheritdoc/>
    public abstract Tensor Synthesize(Tensor ws, NoiseInput noise);

    /// <inheritdoc/>
    public Tensor Synthesize(Tensor ws, NoiseInput noise, bool updateAverages) => Synthesize(ws, noise);

    /// <summary>Those of all layers that the network has grown to.</summary>
    private protected IReadOnlyList<NoiseLayer> Grown(IEnumerable<NoiseLayer> layers) =>
        [.. layers.Where(l => NoiseResolutions.Contains(l.Height))];
}
