using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Checkpoints.Own;
using StyleGanSharp.Networks.Layers;

namespace StyleGanSharp.Networks.StyleGan2;

/// <summary>StyleGAN2 and StyleGAN2-ADA: Karras et al. (2020).</summary>
internal sealed class StyleGan2Family()
    : NetworkFamily<Generator, GeneratorOptions, Discriminator, DiscriminatorOptions>(
        (o, init) => new(o, init), g => g.Options, (o, init) => new(o, init), d => d.Options)
{
    private const int MaxKernel = 31;
    private const int MaxFirstSize = 1 << 6;

    public override string Name => "stylegan2";

    private protected override GeneratorOptions Blank { get; } = new() { Resolution = 4 };

    public override string Title(IGeneratorOptions options) => "StyleGAN2";

    public override IGeneratorOptions Generator(NetworkDesign design) => new GeneratorOptions
    {
        Resolution = design.Resolution,
        ImageChannels = design.ImageChannels,
        CDim = design.CDim,
        ZDim = design.LatentSize,
        WDim = design.StyleSize,
        ChannelBase = design.ChannelBase,
        ChannelMax = design.ChannelMax,
        Mapping = new MappingOptions
        {
            NumLayers = design.MappingLayers,
            EmbedFeatures = design.StyleSize == design.LatentSize ? null : design.LatentSize,
        },
    };

    public override IDiscriminatorOptions Discriminator(NetworkDesign design, IDiscriminatorOptions? start) =>
        DesignDiscriminator(design, start);

    /// <summary>The discriminator of a design, which StyleGAN3 uses unchanged.</summary>
    internal static DiscriminatorOptions DesignDiscriminator(NetworkDesign design, IDiscriminatorOptions? start)
    {
        DiscriminatorOptions own = (DiscriminatorOptions?)start ?? new DiscriminatorOptions
        {
            Resolution = design.Resolution,
            ImageChannels = design.ImageChannels,
            CDim = design.CDim,
            ChannelBase = design.ChannelBase,
            ChannelMax = design.ChannelMax,
            Architecture = design.DiscriminatorArchitecture,
        };
        return own with { Resolution = design.Resolution, MbStdGroupSize = design.GroupSize, FreezeLayers = design.FreezeLayers };
    }

    // With output skips the blocks of the smaller network are the lower blocks of the larger one.
    public override IGeneratorOptions? Enlarge(IGeneratorOptions options, int resolution) =>
        options is GeneratorOptions { Architecture: Architecture.Skip, FirstWidth: null, FirstHeight: null } own
            && resolution > own.Resolution
            ? own with { Resolution = resolution }
            : null;

    /// <summary>Adds what the options of a generator say to a summary, whichever file they come from.</summary>
    internal static NetworkSummary Summary(NetworkSummary summary, GeneratorOptions options) => summary with
    {
        Kind = NetworkKind.Generator,
        Generation = NetworkGeneration.StyleGan2,
        CanRun = true,
        Resolution = options.Resolution,
        Width = options.FirstWidth is null ? null : options.WidthAt(options.Resolution),
        Height = options.FirstHeight is null ? null : options.HeightAt(options.Resolution),
        Channels = options.ImageChannels,
        CDim = options.CDim,
        ZDim = options.ZDim,
        WDim = options.WDim,
        NumWs = 2 * ChannelRule.Resolutions(options.Resolution).Length,
        MappingLayers = options.Mapping.NumLayers,
        Architecture = Text(options.Architecture),
        ChannelBase = options.ChannelBase,
        ChannelMax = options.ChannelMax,
        ConvClamp = options.ConvClamp,
        NumFp16Res = options.NumFp16Res,
        UseNoise = options.UseNoise,
    };

    /// <summary>The name of a connection in summaries.</summary>
    internal static string Text(Architecture architecture) => architecture.ToString().ToLowerInvariant();

    /// <summary>The fields of the options, growing or not.</summary>
    internal static GeneratorOptions AllFields(OptionFields f, GeneratorOptions o) => o with
    {
        ZDim = f.Count("z_dim", o.ZDim),
        CDim = f.Count("c_dim", o.CDim),
        WDim = f.Count("w_dim", o.WDim),
        Resolution = f.Count("resolution", o.Resolution),
        FirstWidth = f.CountOrNothing("first_width", o.FirstWidth),
        FirstHeight = f.CountOrNothing("first_height", o.FirstHeight),
        ImageChannels = f.Count("image_channels", o.ImageChannels),
        Mapping = f.Inner("mapping", o.Mapping, MappingFields.List),
        ChannelBase = f.Count("channel_base", o.ChannelBase),
        ChannelMax = f.Count("channel_max", o.ChannelMax),
        Architecture = f.Choice("architecture", o.Architecture),
        ResampleFilter = f.Numbers("resample_filter", o.ResampleFilter),
        ConvClamp = f.NumberOrNull("conv_clamp", o.ConvClamp),
        KernelSize = f.Count("kernel_size", o.KernelSize),
        UseNoise = f.Flag("use_noise", o.UseNoise),
        Activation = f.Choice("activation", o.Activation),
        NumFp16Res = f.Count("num_fp16_res", o.NumFp16Res),
    };

    /// <summary>Whether options can belong to the tensors of a file, growing or not.</summary>
    /// <exception cref="SnapshotException">They cannot.</exception>
    internal static void CheckAll(GeneratorOptions options, StoredTensors stored)
    {
        stored.IsResolution(options.Resolution);
        stored.InRange("channel_base", options.ChannelBase, options.Resolution, int.MaxValue);
        stored.InRange("channel_max", options.ChannelMax, 1, StoredTensors.MaxFeatures);
        stored.InRange("image_channels", options.ImageChannels, 1, StoredTensors.MaxFeatures);
        stored.InRange("kernel_size", options.KernelSize, 1, MaxKernel);
        stored.InRange("num_fp16_res", options.NumFp16Res, 0, StoredTensors.MaxLayers);
        MappingFields.CheckClamp(options.ConvClamp, stored);
        MappingFields.Check(options.ZDim, options.CDim, options.WDim, options.Mapping, stored);
        stored.IsFilter("resample_filter", options.ResampleFilter, least: 1);
        stored.InRange("first_width", options.FirstWidth ?? 4, 1, MaxFirstSize);
        stored.InRange("first_height", options.FirstHeight ?? 4, 1, MaxFirstSize);
        stored.Require("synthesis.b4.const", null, options.HeightAt(4), options.WidthAt(4));
        int below = 0;
        foreach (int r in ChannelRule.Resolutions(options.Resolution))
        {
            int channels = options.Channels.At(r);
            string block = $"synthesis.b{r}";
            stored.Require($"{block}.conv1.weight", channels, channels, options.KernelSize, options.KernelSize);
            stored.Require($"{block}.conv1.affine.weight", channels, options.WDim);
            if (options.UseNoise)
            {
                stored.Require($"{block}.conv1.noise_const", options.HeightAt(r), options.WidthAt(r));
            }

            if (below > 0)
            {
                stored.Require($"{block}.conv0.weight", channels, below, options.KernelSize, options.KernelSize);
            }

            below = channels;
        }

        stored.Require($"synthesis.b{options.Resolution}.torgb.weight", options.ImageChannels, below, 1, 1);
    }

    private protected override GeneratorOptions Fields(OptionFields f, GeneratorOptions o) => AllFields(f, o);

    private protected override void Check(GeneratorOptions options, StoredTensors stored) => CheckAll(options, stored);

    private protected override NetworkSummary Describe(NetworkSummary summary, GeneratorOptions options) =>
        Summary(summary, options);
}
