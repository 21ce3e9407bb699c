using StyleGanSharp.Networks.Growing;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.StyleGan1;

/// <summary>
/// The StyleGAN discriminator: that of progressive growing with blurred downsampling. Source: Karras et al. (2019), section 2.1
/// and appendix C; Karras et al. (2018), table 2.
/// </summary>
public sealed class Discriminator : ProgressiveNetwork, IDiscriminator
{
    private readonly DiscriminatorBlock[] blocks;
    private readonly DiscriminatorEpilogue epilogue;

    /// <summary>Creates the discriminator.</summary>
    /// <param name="options">Architecture.</param>
    /// <param name="init">First values.</param>
    public Discriminator(DiscriminatorOptions options, Initializer init)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(init);
        Options = options;
        int[] resolutions =
            [.. ChannelRule.Resolutions(options.Resolution).Where(r => r > DiscriminatorEpilogue.Resolution).Reverse()];
        blocks = Array.ConvertAll(resolutions, r => AddModule($"b{r}", new DiscriminatorBlock(r, options, init)));
        epilogue = AddModule($"b{DiscriminatorEpilogue.Resolution}", new DiscriminatorEpilogue(options, init));
    }

    /// <summary>Architecture.</summary>
    public DiscriminatorOptions Options { get; }

    /// <inheritdoc/>
    public int CDim => Options.CDim;

    /// <inheritdoc/>
    public Tensor Forward(Tensor image, Tensor? c = null)
    {
        Shape.Require(image, [null, Options.ImageChannels, Options.Resolution, Options.Resolution]);
        using var scope = new TensorScope();
        Tensor x = LevelOfDetail.Judge(
            Lod, blocks.Length + 1, image, FromRgb, (i, x) => i == blocks.Length ? epilogue.Forward(x) : blocks[i].Forward(x));

        // One logit per class: the label picks its own (Mescheder et al., "Which Training Methods for GANs do actually
        // Converge?", 2018).
        return scope.Keep(CDim == 0 ? x : (x * Labels.Require(c, CDim)).Sum([1], keepDim: true));
    }

    private Tensor FromRgb(int index, Tensor image) =>
        index == blocks.Length ? epilogue.FromRgb(image) : blocks[index].FromRgb(image);
}
