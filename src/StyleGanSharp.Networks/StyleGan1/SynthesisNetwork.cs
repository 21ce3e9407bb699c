using StyleGanSharp.Networks.Growing;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.StyleGan1;

/// <summary>
/// Intermediate latents to images. Source: Karras et al. (2019), section 2; growing: Karras et al. (2018), section 2.
/// </summary>
public sealed class SynthesisNetwork : Module
{
    private readonly GeneratorOptions options;
    private readonly SynthesisBlock[] blocks;

    /// <summary>Creates the network.</summary>
    internal SynthesisNetwork(GeneratorOptions options, Initializer init)
    {
        this.options = options;
        int[] resolutions = ChannelRule.Resolutions(options.Resolution);
        blocks = new SynthesisBlock[resolutions.Length];
        for (int i = 0; i < blocks.Length; i++)
        {
            int inChannels = i == 0 ? 0 : options.Channels.At(resolutions[i - 1]);
            blocks[i] = AddModule($"b{resolutions[i]}", new SynthesisBlock(inChannels, resolutions[i], options, init));
        }

        NumWs = options.UseStyles ? 2 * blocks.Length : 1;
    }

    /// <summary>Number of ws: one for each layer, or a single one for a traditional input.</summary>
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
            lod, blocks.Length, (i, x) => blocks[i].Forward(x, W(ws, 2 * i), W(ws, (2 * i) + 1), noise), (i, x) =>
                blocks[i].ToRgb(x));
    }

    private Tensor W(Tensor ws, int layer) => ws.Select(1, Math.Min(layer, NumWs - 1));
}
