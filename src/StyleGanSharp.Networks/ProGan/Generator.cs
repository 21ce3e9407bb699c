using StyleGanSharp.Networks.Growing;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.ProGan;

/// <summary>
/// The ProGAN generator, at any level of detail. Source: Karras et al., "Progressive Growing of GANs for Improved Quality,
/// Stability, and Variation" (2018). It has no mapping network: its only w is z followed by the label, and the scaling of both to
/// unit mean square belongs to the synthesis.
/// </summary>
/// <remarks>
/// Tensors: <c>b4.dense</c>, <c>b4.conv</c>, <c>bR.conv0</c>, <c>bR.conv1</c>, <c>bR.torgb</c> with weight [out, in, h, w]
/// (dense: [out, in]) and bias each, and <c>lod</c>. Upsampling repeats pixels and then correlates with conv0.
/// </remarks>
public sealed class Generator : ProgressiveGenerator
{
    // From 4x4 upwards.
    private readonly List<GeneratorBlock> blocks = [];

    /// <summary>Creates the generator.</summary>
    /// <param name="options">Architecture.</param>
    /// <param name="init">First values.</param>
    public Generator(GeneratorOptions options, Initializer init)
        : base(options)
    {
        ArgumentNullException.ThrowIfNull(init);
        Options = options;
        foreach (int resolution in ChannelRule.Resolutions(options.Resolution))
        {
            blocks.Add(AddModule($"b{resolution}", new GeneratorBlock(resolution, options, init)));
        }
    }

    /// <summary>Architecture.</summary>
    public GeneratorOptions Options { get; }

    /// <summary>Size of z and label together.</summary>
    public override int WDim => ZDim + CDim;

    /// <inheritdoc/>
    public override int NumWs => 1;

    /// <inheritdoc/>
    public override Tensor? WAvg => null;

    /// <summary>z followed by the label.</summary>
    /// <param name="z">[N, ZDim] of N(0,1).</param>
    /// <param name="c">Labels, [N, CDim]; null for an unconditional network.</param>
    /// <param name="updateAverages">Not used.</param>
    /// <returns>[N, 1, ZDim + CDim] float32.</returns>
    /// <exception cref="ShapeException">z or labels have another shape.</exception>
    /// <exception cref="ArgumentNullException">The network needs labels.</exception>
    public override Tensor Map(Tensor z, Tensor? c, bool updateAverages)
    {
        Shape.Require(z, [null, ZDim]);
        using var scope = new TensorScope();
        Tensor w = z.To(DType.Float32);
        if (CDim > 0)
        {
            ArgumentNullException.ThrowIfNull(c);
            Shape.Require(c, [z.Size(0), CDim]);
            w = Tensor.Cat([w, c.To(DType.Float32)], 1);
        }

        return scope.Keep(w.Unsqueeze(1));
    }

    /// <summary>w to images.</summary>
    /// <param name="ws">[N, 1, ZDim + CDim] float32.</param>
    /// <param name="noise">Not used.</param>
    /// <returns>[N, ImageChannels, Resolution, Resolution] float32, about [-1, 1].</returns>
    /// <exception cref="ShapeException">w has another shape.</exception>
    public override Tensor Synthesize(Tensor ws, NoiseInput noise)
    {
        Shape.Require(ws, [null, NumWs, WDim]);
        using var scope = new TensorScope();
        Tensor latents = ws.Select(1, 0);                                         // [N, WDim]
        latents = Options.NormalizeLatents ? SecondMoment.Normalize(latents, epsilon: Options.PixelNormEpsilon) : latents;
        return scope.Keep(LevelOfDetail.Synthesize(
            Lod, blocks.Count, (i, x) => blocks[i].Forward(x ?? latents), (i, x) => blocks[i].ToRgb(x)));
    }

    /// <summary>Makes images from latents.</summary>
    /// <inheritdoc cref="Map(Tensor, Tensor?, bool)"/>
    /// <returns>[N, ImageChannels, Resolution, Resolution] float32, about [-1, 1].</returns>
    public Tensor Forward(Tensor z, Tensor? c = null)
    {
        using var scope = new TensorScope();
        return scope.Keep(Synthesize(Map(z, c), NoiseInput.None));
    }
}
