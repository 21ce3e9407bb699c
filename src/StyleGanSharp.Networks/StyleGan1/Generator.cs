using StyleGanSharp.Networks.Growing;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.StyleGan1;

/// <summary>
/// The StyleGAN generator: mapping and synthesis. Source: Karras et al., "A Style-Based Generator Architecture for Generative
/// Adversarial Networks" (2019).
/// </summary>
public sealed class Generator : ProgressiveGenerator
{
    /// <summary>Creates the generator.</summary>
    /// <param name="options">Architecture.</param>
    /// <param name="init">First values.</param>
    public Generator(GeneratorOptions options, Initializer init)
        : base(options)
    {
        ArgumentNullException.ThrowIfNull(init);
        Options = options;
        Synthesis = AddModule("synthesis", new SynthesisNetwork(options, init));
        Mapping = AddModule("mapping", new MappingNetwork(
            options.ZDim, options.CDim, options.WDim, Synthesis.NumWs, options.Mapping, init));
    }

    /// <summary>Architecture.</summary>
    public GeneratorOptions Options { get; }

    /// <inheritdoc/>
    public override int WDim => Options.WDim;

    /// <inheritdoc/>
    public override int NumWs => Synthesis.NumWs;

    /// <inheritdoc/>
    public override IReadOnlyList<NoiseLayer> NoiseLayers => Grown(Synthesis.NoiseLayers);

    /// <inheritdoc/>
    public override Tensor? WAvg => Mapping.WAvg;

    /// <summary>z and c to w.</summary>
    public MappingNetwork Mapping { get; }

    /// <summary>w to images.</summary>
    public SynthesisNetwork Synthesis { get; }

    /// <inheritdoc/>
    public override Tensor Map(Tensor z, Tensor? c, bool updateAverages) => Mapping.Forward(z, c, updateAverage: updateAverages);

    /// <inheritdoc/>
    public override Tensor Synthesize(Tensor ws, NoiseInput noise) => Synthesis.Forward(ws, noise, Lod);
}
