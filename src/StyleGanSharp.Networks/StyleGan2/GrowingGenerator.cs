using StyleGanSharp.Networks.Growing;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.StyleGan2;

/// <summary>
/// A StyleGAN2 generator that was grown progressively. Source: Karras et al., "Analyzing and Improving the Image Quality of
/// StyleGAN" (2020), table 1, configurations B to D.
/// </summary>
public sealed class GrowingGenerator : ProgressiveGenerator
{
    /// <summary>Creates the generator.</summary>
    /// <param name="options">Architecture; how the blocks are connected does not matter.</param>
    /// <param name="init">First values.</param>
    public GrowingGenerator(GeneratorOptions options, Initializer init)
        : base(options)
    {
        Options = options;
        Synthesis = AddModule("synthesis", new GrowingSynthesisNetwork(options, init));
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
    public GrowingSynthesisNetwork Synthesis { get; }

    /// <inheritdoc/>
    public override Tensor Map(Tensor z, Tensor? c, bool updateAverages) => Mapping.Forward(z, c, updateAverage: updateAverages);

    /// <inheritdoc/>
    public override Tensor Synthesize(Tensor ws, NoiseInput noise) => Synthesis.Forward(ws, noise, Lod);
}
