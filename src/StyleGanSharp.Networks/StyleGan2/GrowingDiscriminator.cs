using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.StyleGan2;

/// <summary>
/// A StyleGAN2 discriminator that was grown progressively: layers as in StyleGAN2, without residual connections. Source: Karras et al.
/// (2020), table 1, configurations B to D.
/// </summary>
public sealed class GrowingDiscriminator : Module, IDiscriminator, IGrowing
{
    private const int LastResolution = 4;

    private readonly DiscriminatorBlock[] blocks;
    private readonly DiscriminatorEpilogue epilogue;
    private readonly Tensor lod;
    private double level;

    /// <summary>Creates the discriminator.</summary>
    /// <param name="options">Architecture; how the blocks are connected does not matter. Labels pick one of several logits.</param>
    /// <param name="init">First values.</param>
    public GrowingDiscriminator(DiscriminatorOptions options, Initializer init)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options with { LabelOutput = LabelOutput.Selected };

        // Every block reads pictures like a first one; which do depends on the level of detail.
        DiscriminatorOptions plain = Options with { Architecture = Architecture.Orig }, last = Options with { Architecture = Architecture.Skip };
        int[] resolutions = [.. ChannelRule.Resolutions(options.Resolution).Where(r => r > LastResolution).Reverse()];
        blocks = Array.ConvertAll(resolutions, r => AddModule($"b{r}", new DiscriminatorBlock(0, r, 0, plain, init)));
        int channels = ChannelRule.Channels(LastResolution, options.ChannelBase, options.ChannelMax);
        epilogue = AddModule($"b{LastResolution}", new DiscriminatorEpilogue(channels, options.CDim, LastResolution, last, init));
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
            x = blocks[i].Features(x);
            if (i == detail.First && detail.Fade > 0)
            {
                x = x.Lerp(FromRgb(i + 1, Boxes.Average(seen, 2)), detail.Fade);
            }
        }

        return scope.Keep(epilogue.Forward(x, null, CDim == 0 ? null : Labels(c)));
    }

    /// <inheritdoc/>
    protected override void OnLoaded() => level = LevelOfDetail.Read(lod);

    private Tensor FromRgb(int index, Tensor image) => index == blocks.Length ? epilogue.FromRgb(image) : blocks[index].FromRgb(image);

    private Tensor Labels(Tensor? c)
    {
        Shape.Require(c ?? throw new ShapeException("the network is conditional: labels are missing", nameof(c)), [null, CDim]);
        return c.To(DType.Float32);
    }
}
