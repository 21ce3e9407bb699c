using StyleGanSharp.Networks.Growing;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.ProGan;

/// <summary>
/// The ProGAN discriminator, at any level of detail. Source: Karras et al. (2018), table 2. Labels are no input: a conditional
/// one guesses them.
/// </summary>
/// <remarks>
/// Tensors: <c>bR.fromrgb</c>, <c>bR.conv0</c>, <c>bR.conv1</c>, <c>b4.conv</c>, <c>b4.dense0</c>, <c>b4.dense1</c> with weight
/// [out, in, h, w] (dense: [out, in]) and bias each, and <c>lod</c>.
/// </remarks>
public sealed class Discriminator : ProgressiveNetwork, ILabelClassifier
{
    // From the full resolution downwards: the position is the level.
    private readonly List<DiscriminatorBlock> blocks = [];

    /// <summary>Creates the discriminator.</summary>
    /// <param name="options">Architecture.</param>
    /// <param name="init">First values.</param>
    public Discriminator(DiscriminatorOptions options, Initializer init)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(init);
        Options = options;
        foreach (int resolution in ChannelRule.Resolutions(options.Resolution).Reverse())
        {
            blocks.Add(AddModule($"b{resolution}", new DiscriminatorBlock(resolution, options, init)));
        }
    }

    /// <summary>Architecture.</summary>
    public DiscriminatorOptions Options { get; }

    /// <inheritdoc/>
    public int CDim => Options.CDim;

    /// <inheritdoc/>
    public int LabelLogits => Options.LabelLogits;

    /// <inheritdoc/>
    public (Tensor Scores, Tensor Labels) Judge(Tensor image)
    {
        Shape.Require(image, [null, Options.ImageChannels, Options.Resolution, Options.Resolution]);
        using var scope = new TensorScope();
        Tensor x = LevelOfDetail.Judge(
            Lod, blocks.Count, image, (i, seen) => blocks[i].FromRgb(seen), (i, x) => blocks[i].Forward(x));
        return (scope.Keep(x.Slice(1, 0, 1)), scope.Keep(x.Slice(1, 1)));
    }

    /// <summary>Judges images.</summary>
    /// <param name="image">[N, colours, Resolution, Resolution] float32, about [-1, 1].</param>
    /// <param name="c">Not used.</param>
    /// <returns>Scores, [N, 1]: positive for images taken as real.</returns>
    public Tensor Forward(Tensor image, Tensor? c = null)
    {
        using var scope = new TensorScope();
        return scope.Keep(Judge(image).Scores);
    }
}
