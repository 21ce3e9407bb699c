using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.StyleGan1;

/// <summary>
/// The StyleGAN discriminator: that of progressive growing with blurred downsampling. Source: Karras et al. (2019), section 2.1 and
/// appendix C; Karras et al. (2018), table 2.
/// </summary>
public sealed class Discriminator : Module, IDiscriminator, IGrowing
{
    private readonly DiscriminatorBlock[] blocks;
    private readonly DiscriminatorEpilogue epilogue;
    private readonly Tensor lod;
    private double level;

    /// <summary>Creates the discriminator.</summary>
    /// <param name="options">Architecture.</param>
    /// <param name="init">First values.</param>
    public Discriminator(DiscriminatorOptions options, Initializer init)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(init);
        Options = options;
        int[] resolutions = [.. ChannelRule.Resolutions(options.Resolution).Where(r => r > DiscriminatorEpilogue.Resolution).Reverse()];
        blocks = Array.ConvertAll(resolutions, r => AddModule($"b{r}", new DiscriminatorBlock(r, options, init)));
        epilogue = AddModule($"b{DiscriminatorEpilogue.Resolution}", new DiscriminatorEpilogue(options, init));
        lod = AddBuffer("lod", Tensor.Zeros([]))!;
    }

    /// <summary>Architecture.</summary>
    public DiscriminatorOptions Options { get; }

    /// <inheritdoc/>
    public int CDim => Options.CDim;

    /// <inheritdoc/>
    public double Lod
    {
        get => level;
        set
        {
            LevelOfDetail.Write(lod, value);
            level = value;
        }
    }

    /// <inheritdoc/>
    public Tensor Forward(Tensor image, Tensor? c = null)
    {
        Shape.Require(image, [null, Options.ImageChannels, Options.Resolution, Options.Resolution]);
        using var scope = new TensorScope();
        var detail = LevelOfDetail.Of(Lod, blocks.Length + 1);
        Tensor seen = Boxes.Average(image, detail.Factor);
        Tensor x = FromRgb(detail.First, seen);
        for (int i = detail.First; i < blocks.Length; i++)
        {
            x = blocks[i].Forward(x);
            if (i == detail.First && detail.Fade > 0)
            {
                x = x.Lerp(FromRgb(i + 1, Boxes.Average(seen, 2)), detail.Fade);
            }
        }

        x = epilogue.Forward(x);
        return scope.Keep(CDim == 0 ? x : (x * Labels(c)).Sum([1], keepDim: true));
    }

    /// <inheritdoc/>
    protected override void OnLoaded() => level = LevelOfDetail.Read(lod);

    private Tensor FromRgb(int index, Tensor image) => index == blocks.Length ? epilogue.FromRgb(image) : blocks[index].FromRgb(image);

    // One logit per class: the label picks its own (Mescheder et al., "Which Training Methods for GANs do actually Converge?", 2018).
    private Tensor Labels(Tensor? c)
    {
        Shape.Require(c ?? throw new ShapeException("the network is conditional: labels are missing", nameof(c)), [null, CDim]);
        return c.To(DType.Float32);
    }
}
