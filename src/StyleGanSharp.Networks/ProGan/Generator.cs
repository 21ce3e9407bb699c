using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.ProGan;

/// <summary>
/// The ProGAN generator, at any level of detail. Source: Karras et al., "Progressive Growing of GANs for Improved Quality, Stability,
/// and Variation" (2018). It has no mapping network: its only w is z followed by the label, and the scaling of both to unit mean
/// square belongs to the synthesis.
/// </summary>
/// <remarks>
/// Tensors: <c>b4.dense</c>, <c>b4.conv</c>, <c>bR.conv0</c>, <c>bR.conv1</c>, <c>bR.torgb</c> with weight [out, in, h, w] (dense:
/// [out, in]) and bias each, and <c>lod</c>. Upsampling repeats pixels and then correlates with conv0.
/// </remarks>
public sealed class Generator : Module, IGenerator, IGrowing
{
    // From 4x4 upwards.
    private readonly List<GeneratorBlock> blocks = [];
    private readonly Tensor lodBuffer;
    private double lod;

    /// <summary>Creates the generator.</summary>
    /// <param name="options">Architecture.</param>
    /// <param name="init">First values.</param>
    public Generator(GeneratorOptions options, Initializer init)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(init);
        Options = options;
        lodBuffer = AddBuffer("lod", Tensor.Zeros([]))!;
        foreach (int resolution in LevelOfDetail.Resolutions(options.Resolution).Reverse())
        {
            blocks.Add(AddModule($"b{resolution}", new GeneratorBlock(resolution, options, init)));
        }
    }

    /// <summary>Architecture.</summary>
    public GeneratorOptions Options { get; }

    /// <inheritdoc/>
    public int ZDim => Options.Latents;

    /// <inheritdoc/>
    public int CDim => Options.CDim;

    /// <summary>Size of z and label together.</summary>
    public int WDim => ZDim + CDim;

    /// <inheritdoc/>
    public int NumWs => 1;

    /// <inheritdoc/>
    public int Width => Options.Resolution;

    /// <inheritdoc/>
    public int Height => Options.Resolution;

    /// <inheritdoc/>
    public int ImageChannels => Options.ImageChannels;

    /// <inheritdoc/>
    public IReadOnlyList<int> NoiseResolutions => [];

    /// <inheritdoc/>
    public Tensor? WAvg => null;

    /// <summary>
    /// Level of detail: 0 is the full resolution, n pictures of 1/2^n of it (repeated to the full size), and a fraction blends two.
    /// A snapshot of a growing network brings its own.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double Lod
    {
        get => lod;
        set
        {
            LevelOfDetail.Write(lodBuffer, value);
            lod = value;
        }
    }

    /// <summary>z followed by the label.</summary>
    /// <param name="z">[N, ZDim] of N(0,1).</param>
    /// <param name="c">Labels, [N, CDim]; null for an unconditional network.</param>
    /// <returns>[N, 1, ZDim + CDim] float32.</returns>
    /// <exception cref="ShapeException">z or labels have another shape.</exception>
    /// <exception cref="ArgumentNullException">The network needs labels.</exception>
    public Tensor Map(Tensor z, Tensor? c)
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

    /// <summary>w to pictures.</summary>
    /// <param name="ws">[N, 1, ZDim + CDim] float32.</param>
    /// <param name="noise">Not used.</param>
    /// <returns>[N, ImageChannels, Resolution, Resolution] float32, about [-1, 1].</returns>
    /// <exception cref="ShapeException">w has another shape.</exception>
    public Tensor Synthesize(Tensor ws, NoiseInput noise)
    {
        Shape.Require(ws, [null, NumWs, WDim]);
        using var scope = new TensorScope();
        Tensor x = ws.Select(1, 0);                                               // [N, WDim]
        x = Options.NormalizeLatents ? SecondMoment.Normalize(x, epsilon: Options.PixelNormEpsilon) : x;

        var detail = LevelOfDetail.Of(lod, blocks.Count);
        int last = blocks.Count - 1 - detail.First;
        for (int i = 0; i < last; i++)
        {
            x = blocks[i].Forward(x);                                             // [N, C, R, R]
        }

        Tensor image = blocks[last].ToRgb(blocks[last].Forward(x));
        if (detail.Fade > 0)
        {
            image = image.Lerp(Boxes.Repeat(blocks[last - 1].ToRgb(x)), detail.Fade);
        }

        return scope.Keep(Boxes.Repeat(image, detail.Factor));                    // [N, colours, Resolution, Resolution]
    }

    /// <summary>Makes pictures from latents.</summary>
    /// <inheritdoc cref="Map"/>
    /// <returns>[N, ImageChannels, Resolution, Resolution] float32, about [-1, 1].</returns>
    public Tensor Forward(Tensor z, Tensor? c = null)
    {
        using var scope = new TensorScope();
        return scope.Keep(Synthesize(Map(z, c), NoiseInput.None));
    }

    /// <inheritdoc/>
    protected override void OnLoaded() => lod = LevelOfDetail.Read(lodBuffer);
}
