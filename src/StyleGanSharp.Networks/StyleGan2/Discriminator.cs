using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.StyleGan2;

/// <summary>The StyleGAN2 discriminator, which StyleGAN3 uses unchanged. Source: Karras et al. (2020), section 4.1.</summary>
public sealed class Discriminator : Module, IDiscriminator, IReducedPrecision
{
    private const int LastResolution = 4;

    /// <summary>Creates the discriminator.</summary>
    /// <param name="options">Architecture.</param>
    /// <param name="init">First values.</param>
    public Discriminator(DiscriminatorOptions options, Initializer init)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        int last = options.Channels.At(LastResolution);
        bool selected = options.LabelOutput == LabelOutput.Selected;
        int cmapDim = options.CDim == 0 ? 0 : selected ? options.CDim : options.CMapDim ?? last;

        var blocks = new List<DiscriminatorBlock>();
        int inChannels = 0, layers = 0;
        foreach (int resolution in ChannelRule.Resolutions(options.Resolution).Where(r => r > LastResolution).Reverse())
        {
            blocks.Add(AddModule($"b{resolution}", new DiscriminatorBlock(inChannels, resolution, layers, options, init)));
            layers += blocks[^1].NumLayers;
            inChannels = options.Channels.At(resolution / 2);
        }

        Blocks = blocks;
        Mapping = options.CDim > 0 && !selected
            ? AddModule("mapping", new MappingNetwork(0, options.CDim, cmapDim, null, options.Mapping, init)) : null;
        Epilogue = AddModule($"b{LastResolution}", new DiscriminatorEpilogue(last, cmapDim, LastResolution, options, init));
    }

    /// <summary>Architecture.</summary>
    public DiscriminatorOptions Options { get; }

    /// <inheritdoc/>
    public int CDim => Options.CDim;

    /// <inheritdoc/>
    public bool IsRepeatable => true;

    /// <summary>The blocks, from the image downwards.</summary>
    public IReadOnlyList<DiscriminatorBlock> Blocks { get; }

    /// <summary>Maps labels; null for an unconditional network and where labels are not projected.</summary>
    public MappingNetwork? Mapping { get; }

    /// <summary>The last block.</summary>
    public DiscriminatorEpilogue Epilogue { get; }

    /// <inheritdoc/>
    public Precision Precision
    {
        get => Blocks[0].Precision;
        set
        {
            foreach (DiscriminatorBlock block in Blocks)
            {
                block.Precision = FastPrecision.At(value, block.Resolution, Options.Resolution);
            }
        }
    }

    /// <inheritdoc/>
    public Tensor Forward(Tensor image, Tensor? c = null)
    {
        Shape.Require(image, [null, Options.ImageChannels, Options.Resolution, Options.Resolution]);
        using var scope = new TensorScope();
        Tensor? x = null, rest = image;
        foreach (DiscriminatorBlock block in Blocks)
        {
            (x, rest) = block.Forward(x, rest);
        }

        Tensor? cmap = Mapping is not null ? Mapping.Forward(null, c) : Options.CDim > 0 ? Labels.Require(c, CDim) : null;
        return scope.Keep(Epilogue.Forward(x!, rest, cmap));
    }
}
