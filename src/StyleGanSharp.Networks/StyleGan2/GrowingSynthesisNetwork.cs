using StyleGanSharp.Networks.Growing;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops.Modulation;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.StyleGan2;

/// <summary>
/// Intermediate latents to images with StyleGAN2's layers and progressive growing. Source: Karras et al. (2020), table 1,
/// configurations B to D; growing: Karras et al. (2018), section 2.
/// </summary>
public sealed class GrowingSynthesisNetwork : Module
{
    private readonly GeneratorOptions options;
    private readonly SynthesisBlock[] blocks;

    /// <summary>Creates the network.</summary>
    internal GrowingSynthesisNetwork(GeneratorOptions options, Initializer init)
    {
        // Colours at every resolution, as in the skip architecture; here they are faded into each other instead of added up.
        this.options = options = options with { Architecture = Architecture.Skip };
        int inChannels = 0;
        blocks = Array.ConvertAll(ChannelRule.Resolutions(options.Resolution), resolution =>
        {
            var block = AddModule($"b{resolution}", new SynthesisBlock(inChannels, resolution, options, init));
            inChannels = options.Channels.At(resolution);
            return block;
        });
        NumWs = blocks.Sum(b => b.NumConv) + 1;
    }

    /// <summary>Number of ws: one for each convolution and one for the last ToRGB layer.</summary>
    public int NumWs { get; }

    /// <summary>The layers with noise, in their order.</summary>
    internal IEnumerable<NoiseLayer> NoiseLayers => blocks.SelectMany(b => b.NoiseLayers);

    /// <summary>Makes images.</summary>
    /// <param name="ws">[N, NumWs, WDim] float32.</param>
    /// <param name="noise">Source of the noise.</param>
    /// <param name="lod">Level of detail: 0 is the full resolution.</param>
    /// <returns>[N, colours, Resolution, Resolution] float32, about [-1, 1]; blocks of 2^lod pixels are alike.</returns>
    /// <exception cref="ShapeException"><paramref name="ws"/> has another shape.</exception>
    public Tensor Forward(Tensor ws, NoiseInput noise, double lod = 0)
    {
        Shape.Require(ws, [null, NumWs, options.WDim]);
        return LevelOfDetail.Synthesize(
            lod, blocks.Length, (i, x) => blocks[i].Features(x, Own(ws, i), noise, ModulationForm.Auto),
            (i, x) => blocks[i].Colours(x, Own(ws, i), ModulationForm.Auto));
    }

    // Every block but the first has two convolutions; the next w is that of its colours.
    private Tensor Own(Tensor ws, int block)
    {
        int first = block == 0 ? 0 : (2 * block) - 1;
        return ws.Slice(1, first, first + blocks[block].NumConv + 1);
    }
}
