using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.ProGan;

namespace StyleGanSharp.Networks.Checkpoints.Own;

/// <summary>The fields of the options records in network files, in the order in which they are written (docs/formats.md).</summary>
internal static class OptionLists
{
    internal static StyleGan1.GeneratorOptions StyleGan1(OptionFields f, StyleGan1.GeneratorOptions o) => o with
    {
        ZDim = f.Count("z_dim", o.ZDim),
        CDim = f.Count("c_dim", o.CDim),
        WDim = f.Count("w_dim", o.WDim),
        Resolution = f.Count("resolution", o.Resolution),
        ImageChannels = f.Count("image_channels", o.ImageChannels),
        MappingLayers = f.Count("mapping_layers", o.MappingLayers),
        MappingFeatures = f.Count("mapping_features", o.MappingFeatures),
        MappingLrMultiplier = f.Number("mapping_lr_multiplier", o.MappingLrMultiplier),
        NormalizeLatents = f.Flag("normalize_latents", o.NormalizeLatents),
        WAvgBeta = f.NumberOrNull("w_avg_beta", o.WAvgBeta),
        ChannelBase = f.Count("channel_base", o.ChannelBase),
        ChannelDecay = f.Number("channel_decay", o.ChannelDecay),
        ChannelMax = f.Count("channel_max", o.ChannelMax),
        Activation = f.Choice("activation", o.Activation),
        UseStyles = f.Flag("use_styles", o.UseStyles),
        ConstInput = f.Flag("const_input", o.ConstInput),
        UseNoise = f.Flag("use_noise", o.UseNoise),
        UsePixelNorm = f.Flag("use_pixel_norm", o.UsePixelNorm),
        UseInstanceNorm = f.Flag("use_instance_norm", o.UseInstanceNorm),
        BlurFilter = f.Numbers("blur_filter", o.BlurFilter),
        CanGrow = f.Flag("can_grow", o.CanGrow),
    };

    internal static StyleGan2.GeneratorOptions StyleGan2(OptionFields f, StyleGan2.GeneratorOptions o) => o with
    {
        ZDim = f.Count("z_dim", o.ZDim),
        CDim = f.Count("c_dim", o.CDim),
        WDim = f.Count("w_dim", o.WDim),
        Resolution = f.Count("resolution", o.Resolution),
        FirstWidth = f.CountOrNothing("first_width", o.FirstWidth),
        FirstHeight = f.CountOrNothing("first_height", o.FirstHeight),
        ImageChannels = f.Count("image_channels", o.ImageChannels),
        Mapping = f.Inner("mapping", o.Mapping, Mapping),
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

    internal static StyleGan3.GeneratorOptions StyleGan3(OptionFields f, StyleGan3.GeneratorOptions o) => o with
    {
        ZDim = f.Count("z_dim", o.ZDim),
        CDim = f.Count("c_dim", o.CDim),
        WDim = f.Count("w_dim", o.WDim),
        Resolution = f.Count("resolution", o.Resolution),
        ImageChannels = f.Count("image_channels", o.ImageChannels),
        Mapping = f.Inner("mapping", o.Mapping, Mapping),
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

    internal static ProGan.GeneratorOptions ProGan(OptionFields f, ProGan.GeneratorOptions o) => o with
    {
        ZDim = f.CountOrNull("z_dim", o.ZDim),
        CDim = f.Count("c_dim", o.CDim),
        Resolution = f.Count("resolution", o.Resolution),
        ImageChannels = f.Count("image_channels", o.ImageChannels),
        Channels = f.Inner("channels", o.Channels, Channels),
        NormalizeLatents = f.Flag("normalize_latents", o.NormalizeLatents),
        UseWeightScale = f.Flag("use_weight_scale", o.UseWeightScale),
        UsePixelNorm = f.Flag("use_pixel_norm", o.UsePixelNorm),
        PixelNormEpsilon = f.Number("pixel_norm_epsilon", o.PixelNormEpsilon),
        Activation = f.Choice("activation", o.Activation),
    };

    private static MappingOptions Mapping(OptionFields f, MappingOptions o) => o with
    {
        NumLayers = f.Count("num_layers", o.NumLayers),
        LabelInput = f.Choice("label_input", o.LabelInput),
        EmbedFeatures = f.CountOrNull("embed_features", o.EmbedFeatures),
        LayerFeatures = f.CountOrNull("layer_features", o.LayerFeatures),
        Activation = f.Choice("activation", o.Activation),
        LrMultiplier = f.Number("lr_multiplier", o.LrMultiplier),
        WAvgBeta = f.NumberOrNull("w_avg_beta", o.WAvgBeta),
    };

    private static ChannelRule Channels(OptionFields f, ChannelRule o) => new(f.Number("base", o.Base), f.Number("decay", o.Decay), f.Count("max", o.Max));
}
