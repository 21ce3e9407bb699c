using StyleGanSharp.Networks.Growing;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.StyleGan2;

/// <summary>
/// A StyleGAN2 discriminator that was grown progressively: layers as in StyleGAN2, without residual connections. Source: Karras
/// et al. (2020), table 1, configurations B to D.
/// </summary>
public sealed class GrowingDiscriminator : ProgressiveNetwork, IDiscriminator
{
    private const int LastResolution = 4;

    private readonly DiscriminatorBlock[] blocks;
    private readonly DiscriminatorEpilogue epilogue;

    /// <summary>Creates the discriminator.</summary>
    /// <param name="options">
    /// Architecture; how the blocks are connected does not matter. Labels pick one of several logits.
    /// </param>
    /// <param name="init">First values.</param>
    public GrowingDiscriminator(DiscriminatorOptions options, Initializer init)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options with { LabelOutput = LabelOutput.Selected };

        // Every block reads images like a first one; which do depends on the level of detail.
        DiscriminatorOptions plain = Options with { Architecture = Architecture.Orig },
            last = Options with { Architecture = Architecture.Skip };
        int[] resolutions = [.. ChannelRule.Resolutions(options.Resolution).Where(r => r > LastResolution).Reverse()];
        blocks = Array.ConvertAll(resolutions, r => AddModule($"b{r}", new DiscriminatorBlock(0, r, 0, plain, init)));
        int channels = options.Channels.At(LastResolution);
        epilogue = AddModule($"b{LastResolution}", new DiscriminatorEpilogue(channels, options.CDim, LastResolution, last, init));
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
        Tensor? labels = CDim == 0 ? null : Labels.Require(c, CDim);
        return scope.Keep(LevelOfDetail.Judge(
            Lod, blocks.Length + 1, image, FromRgb,
            (i, x) => i == blocks.Length ? epilogue.Forward(x, null, labels) : blocks[i].Features(x)));
    }

    private Tensor FromRgb(int index, Tensor image) =>
        index == blocks.Length ? epilogue.FromRgb(image) : blocks[index].FromRgb(image);
}
