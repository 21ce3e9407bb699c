namespace StyleGanSharp.Networks.Checkpoints;

/// <summary>What the record of a StyleGAN3 generator says about it.</summary>
internal static class StyleGan3Summary
{
    private const int MaxSize = 1 << 16;

    internal static bool IsGenerator(ModuleRecord module) =>
        module.Modules.TryGetValue("synthesis", out ModuleRecord? synthesis) && synthesis?.Attributes.ContainsKey("layer_names") == true;

    internal static NetworkSummary Read(NetworkSummary summary, string path, ModuleRecord record)
    {
        var module = new ModuleOptions(path, summary.Name, record);
        ModuleOptions synthesis = module.Child("synthesis");
        string[] names = Names(synthesis);
        ModuleOptions first = synthesis.Child(names[0]);
        return summary with
        {
            Kind = NetworkKind.Generator,
            Generation = Generation(first),
            Resolution = module.Int("img_resolution", 1, MaxSize),
            Channels = module.Int("img_channels", 1, MaxSize),
            CDim = module.Int("c_dim", 0, MaxSize),
            ZDim = module.Int("z_dim", 0, MaxSize),
            WDim = module.Int("w_dim", 1, MaxSize),
            NumWs = module.OptionalInt("num_ws", 1, MaxSize),
            MappingLayers = module.Child("mapping").OptionalInt("num_layers", 1, MaxSize),
            ChannelBase = synthesis.OptionalInt("channel_base", 1, int.MaxValue) ?? 32768,
            ChannelMax = synthesis.OptionalInt("channel_max", 1, int.MaxValue) ?? 512,
            ConvClamp = first.OptionalDouble("conv_clamp"),
            NumFp16Res = synthesis.OptionalInt("num_fp16_res", 0, MaxSize),
            LayerNames = names,
        };
    }

    // Karras et al., "Alias-Free Generative Adversarial Networks" (2021), section 3.2: -R has 1x1 kernels and radial filters.
    private static NetworkGeneration Generation(ModuleOptions layer)
    {
        int kernel = (int)layer.Shape("weight", 4)[3];
        bool radial = layer.Record.Buffers.GetValueOrDefault("down_filter")?.Shape.Count == 2;
        return (kernel, radial) switch
        {
            (3, false) => NetworkGeneration.StyleGan3T,
            (1, true) => NetworkGeneration.StyleGan3R,
            _ => NetworkGeneration.StyleGan3,
        };
    }

    private static string[] Names(ModuleOptions synthesis)
    {
        string[] names = synthesis.Record.Attributes["layer_names"] is IEnumerable<object?> items ? [.. items.OfType<string>()] : [];
        return names.Length > 0 ? names : throw synthesis.Error("the list of layers is empty");
    }
}
