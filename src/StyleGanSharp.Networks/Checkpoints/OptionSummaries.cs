using StyleGanSharp.Networks.StyleGan2;

namespace StyleGanSharp.Networks.Checkpoints;

/// <summary>What the options of a generator say about it, whichever file they come from.</summary>
internal static class OptionSummaries
{
    internal static NetworkSummary Of(NetworkSummary summary, ProGan.GeneratorOptions options) => summary with
    {
        Kind = NetworkKind.Generator,
        Generation = NetworkGeneration.ProGan,
        CanRun = true,
        Resolution = options.Resolution,
        Channels = options.ImageChannels,
        CDim = options.CDim,
        ZDim = options.Latents,
        WDim = options.Latents + options.CDim,
        NumWs = 1,
        MappingLayers = 0,
        UseNoise = false,
        ChannelBase = ChannelBase(options.Channels),
        ChannelMax = options.Channels.Max,
    };

    internal static NetworkSummary Of(NetworkSummary summary, StyleGan1.GeneratorOptions options) => summary with
    {
        Kind = NetworkKind.Generator,
        Generation = NetworkGeneration.StyleGan1,
        CanRun = true,
        Resolution = options.Resolution,
        Channels = options.ImageChannels,
        CDim = options.CDim,
        ZDim = options.ZDim,
        WDim = options.WDim,
        NumWs = options.UseStyles ? 2 * ChannelRule.Resolutions(options.Resolution).Length : 1,
        MappingLayers = options.MappingLayers,
        ChannelBase = options.ChannelBase,
        ChannelMax = options.ChannelMax,
        UseNoise = options.UseNoise,
    };

    internal static NetworkSummary Of(NetworkSummary summary, GeneratorOptions options) => summary with
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
        Architecture = Name(options.Architecture),
        ChannelBase = options.ChannelBase,
        ChannelMax = options.ChannelMax,
        ConvClamp = options.ConvClamp,
        NumFp16Res = options.NumFp16Res,
        UseNoise = options.UseNoise,
    };

    internal static NetworkSummary Of(NetworkSummary summary, StyleGan3.GeneratorOptions options) => summary with
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
        LayerNames = [.. StyleGan3.LayerGeometry.Of(options).Select(layer => layer.Name)],
    };

    /// <summary>Grown networks have the plain connections of StyleGAN, whatever their options say.</summary>
    internal static NetworkSummary Growing(NetworkSummary summary, GeneratorOptions options) =>
        Of(summary, options) with { Architecture = Name(Architecture.Orig) };

    internal static string Name(Architecture architecture) => architecture.ToString().ToLowerInvariant();

    /// <summary>ProGAN's rule counts from half the resolution.</summary>
    internal static int ChannelBase(ProGan.ChannelRule rule) => (int)Math.Min(2 * rule.Base, int.MaxValue);

    // Karras et al., "Alias-Free Generative Adversarial Networks" (2021), section 3.2: -R has 1x1 kernels and radial filters.
    private static NetworkGeneration Generation(StyleGan3.GeneratorOptions options) => (options.KernelSize, options.UseRadialFilters) switch
    {
        (3, false) => NetworkGeneration.StyleGan3T,
        (1, true) => NetworkGeneration.StyleGan3R,
        _ => NetworkGeneration.StyleGan3,
    };
}
