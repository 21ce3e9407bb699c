using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Checkpoints.Own;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.StyleGan2;

namespace StyleGanSharp.Networks.StyleGan3;

/// <summary>StyleGAN3: Karras et al. (2021), configurations T and R.</summary>
internal sealed class StyleGan3Family()
    : NetworkFamily<Generator, GeneratorOptions, Discriminator, DiscriminatorOptions>(
        (o, init) => new(o, init), g => g.Options, (o, init) => new(o, init), d => d.Options)
{
    private const int MaxKernel = 31;
    private const int MaxMargin = 1 << 8;
    private const int MaxFilterSize = 1 << 8;
    private const int MaxUpsampling = 8;

    public override string Name => "stylegan3";

    // Most layers compute at the full sampling rate, and activate at twice that.
    public override double TrainingMemory => 12;

    private protected override GeneratorOptions Blank { get; } = new() { Resolution = 4 };

    public override string Title(IGeneratorOptions options) =>
        options is GeneratorOptions { UseRadialFilters: true } ? "StyleGAN3-R" : "StyleGAN3-T";

    public override IGeneratorOptions Generator(NetworkDesign design)
    {
        bool rotation = design.Configuration == 'r';
        return new GeneratorOptions
        {
            Resolution = design.Resolution,
            ImageChannels = design.ImageChannels,
            CDim = design.CDim,
            ZDim = design.LatentSize,
            WDim = design.LatentSize,
            ChannelBase = rotation ? design.ChannelBase * 2 : design.ChannelBase,
            ChannelMax = rotation ? design.ChannelMax * 2 : design.ChannelMax,
            KernelSize = rotation ? 1 : 3,
            UseRadialFilters = rotation,
            MagnitudeEmaBeta = Math.Pow(0.5, design.Batch / 20_000.0),
            Mapping = new MappingOptions { NumLayers = design.MappingLayers },
        };
    }

    public override IDiscriminatorOptions Discriminator(NetworkDesign design, IDiscriminatorOptions? start) =>
        StyleGan2Family.DesignDiscriminator(design, start);

    /// <summary>Adds what the options of a generator say to a summary, whichever file they come from.</summary>
    internal static NetworkSummary Summary(NetworkSummary summary, GeneratorOptions options) => summary with
    {
        Kind = NetworkKind.Generator,
        Generation = Generation(options),
        CanRun = true,
        Resolution = options.Resolution,
        Channels = options.ImageChannels,
        CDim = options.CDim,
        ZDim = options.ZDim,
        WDim = options.WDim,
        NumWs = options.NumLayers + 2,
        MappingLayers = options.Mapping.NumLayers,
        ChannelBase = options.ChannelBase,
        ChannelMax = options.ChannelMax,
        ConvClamp = options.ConvClamp,
        NumFp16Res = options.NumFp16Res,
        LayerNames = [.. LayerGeometry.Of(options).Select(layer => layer.Name)],
    };

    private protected override GeneratorOptions Fields(OptionFields f, GeneratorOptions o) => o with
    {
        ZDim = f.Count("z_dim", o.ZDim),
        CDim = f.Count("c_dim", o.CDim),
        WDim = f.Count("w_dim", o.WDim),
        Resolution = f.Count("resolution", o.Resolution),
        ImageChannels = f.Count("image_channels", o.ImageChannels),
        Mapping = f.Inner("mapping", o.Mapping, MappingFields.List),
        ChannelBase = f.Count("channel_base", o.ChannelBase),
        ChannelMax = f.Count("channel_max", o.ChannelMax),
        NumLayers = f.Count("num_layers", o.NumLayers),
        NumCritical = f.Count("num_critical", o.NumCritical),
        FirstCutoff = f.Number("first_cutoff", o.FirstCutoff),
        FirstStopband = f.Number("first_stopband", o.FirstStopband),
        LastStopbandRel = f.Number("last_stopband_rel", o.LastStopbandRel),
        MarginSize = f.Count("margin_size", o.MarginSize),
        OutputScale = f.Number("output_scale", o.OutputScale),
        KernelSize = f.Count("kernel_size", o.KernelSize),
        FilterSize = f.Count("filter_size", o.FilterSize),
        LreluUpsampling = f.Count("lrelu_upsampling", o.LreluUpsampling),
        UseRadialFilters = f.Flag("use_radial_filters", o.UseRadialFilters),
        ConvClamp = f.NumberOrNull("conv_clamp", o.ConvClamp),
        MagnitudeEmaBeta = f.Number("magnitude_ema_beta", o.MagnitudeEmaBeta),
        NumFp16Res = f.Count("num_fp16_res", o.NumFp16Res),
    };

    private protected override void Check(GeneratorOptions options, StoredTensors stored)
    {
        stored.IsResolution(options.Resolution);
        stored.InRange("channel_base", options.ChannelBase, 1, int.MaxValue);
        stored.InRange("channel_max", options.ChannelMax, 1, StoredTensors.MaxFeatures);
        stored.InRange("image_channels", options.ImageChannels, 1, StoredTensors.MaxFeatures);
        stored.InRange("num_layers", options.NumLayers, 1, StoredTensors.MaxLayers);
        stored.InRange("num_critical", options.NumCritical, 0, options.NumLayers - 1);
        stored.InRange("margin_size", options.MarginSize, 0, MaxMargin);
        stored.InRange("kernel_size", options.KernelSize, 1, MaxKernel);
        stored.InRange("filter_size", options.FilterSize, 1, MaxFilterSize);
        stored.InRange("lrelu_upsampling", options.LreluUpsampling, 1, MaxUpsampling);
        stored.InRange("num_fp16_res", options.NumFp16Res, 0, StoredTensors.MaxLayers);
        stored.InRange("first_cutoff", options.FirstCutoff, 0, double.MaxValue);
        stored.InRange("first_stopband", options.FirstStopband, 0, double.MaxValue);
        stored.InRange("last_stopband_rel", options.LastStopbandRel, 0, double.MaxValue);
        stored.InRange("output_scale", options.OutputScale, -double.MaxValue, double.MaxValue);
        stored.InRange("magnitude_ema_beta", options.MagnitudeEmaBeta, 0, 1);
        MappingFields.CheckClamp(options.ConvClamp, stored);
        MappingFields.Check(options.ZDim, options.CDim, options.WDim, options.Mapping, stored);
        IReadOnlyList<LayerGeometry> layers;
        try
        {
            layers = LayerGeometry.Of(options);
        }
        catch (Exception e) when (e is ArgumentException or OverflowException)
        {
            throw stored.Error($"the options make no network: {e.Message.TrimEnd('.')}");
        }

        stored.Require("synthesis.input.freqs", layers[0].InChannels, 2);
        foreach (LayerGeometry layer in layers)
        {
            string part = $"synthesis.{layer.Name}";
            stored.Require($"{part}.weight", layer.OutChannels, layer.InChannels, layer.KernelSize, layer.KernelSize);
            stored.Require($"{part}.affine.weight", layer.InChannels, options.WDim);
            if (layer.UpTaps > 1)
            {
                stored.Require($"{part}.up_filter", layer.UpTaps);
            }

            if (layer.DownTaps > 1)
            {
                stored.Require($"{part}.down_filter", layer.DownRadial ? [layer.DownTaps, layer.DownTaps] : [layer.DownTaps]);
            }
        }
    }

    private protected override NetworkSummary Describe(NetworkSummary summary, GeneratorOptions options) =>
        Summary(summary, options);

    // Karras et al., "Alias-Free Generative Adversarial Networks" (2021), section 3.2: -R has 1x1 kernels and radial filters.
    private static NetworkGeneration Generation(GeneratorOptions options) => (options.KernelSize, options.UseRadialFilters) switch
    {
        (3, false) => NetworkGeneration.StyleGan3T,
        (1, true) => NetworkGeneration.StyleGan3R,
        _ => NetworkGeneration.StyleGan3,
    };
}
