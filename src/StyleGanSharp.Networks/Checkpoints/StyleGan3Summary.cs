using StyleGanSharp.Networks.StyleGan3;

namespace StyleGanSharp.Networks.Checkpoints;

/// <summary>What the record of a StyleGAN3 generator says about it.</summary>
internal static class StyleGan3Summary
{
    internal static NetworkSummary Read(NetworkSummary summary, string path, ModuleRecord record)
    {
        GeneratorOptions options = StyleGan3Reader.Generator(path, summary.Name, record);
        return summary with
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
    }

    // Karras et al., "Alias-Free Generative Adversarial Networks" (2021), section 3.2: -R has 1x1 kernels and radial filters.
    private static NetworkGeneration Generation(GeneratorOptions options) => (options.KernelSize, options.UseRadialFilters) switch
    {
        (3, false) => NetworkGeneration.StyleGan3T,
        (1, true) => NetworkGeneration.StyleGan3R,
        _ => NetworkGeneration.StyleGan3,
    };
}
