using StyleGanSharp.Networks.StyleGan3;

namespace StyleGanSharp.Networks.Checkpoints.PyTorch;

/// <summary>
/// Finds the architecture of StyleGAN3 generators. Every size is checked against the tensors that are really there, or has a
/// narrow limit where none depends on it, so that options alone cannot ask for memory.
/// </summary>
internal static class StyleGan3Reader
{
    private const int MaxFeatures = 1 << 16;
    private const int MaxLayers = 64;
    private const int MaxMargin = 1 << 8;
    private const int MaxFilterSize = 1 << 8;
    private const int MaxUpsampling = 8;

    /// <summary>Whether a module is a StyleGAN3 generator: StyleGAN2's has the same class name, but other parts.</summary>
    internal static bool IsGenerator(ModuleRecord module) =>
        module.Modules.TryGetValue("synthesis", out ModuleRecord? synthesis)
            && synthesis?.Attributes.ContainsKey("layer_names") == true;

    internal static GeneratorOptions Generator(string path, string name, ModuleRecord record)
    {
        var module = new ModuleOptions(path, name, record);
        ModuleOptions synthesis = module.Child("synthesis");
        ModuleOptions layer = synthesis.Child(Names(synthesis)[0]);
        int numLayers = synthesis.OptionalInt("num_layers", 1, MaxLayers) ?? 14;
        var defaults = new GeneratorOptions { Resolution = StyleGan2Reader.Resolution(module) };
        GeneratorOptions options = defaults with
        {
            ZDim = module.Int("z_dim", 1, MaxFeatures),
            CDim = module.Int("c_dim", 0, MaxFeatures),
            WDim = module.Int("w_dim", 1, MaxFeatures),
            ImageChannels = module.Int("img_channels", 1, MaxFeatures),
            Mapping = StyleGan2Reader.Mapping(module.Child("mapping"), defaults.Mapping),
            ChannelBase = synthesis.OptionalInt("channel_base", 1, int.MaxValue) ?? defaults.ChannelBase,
            ChannelMax = synthesis.OptionalInt("channel_max", 1, MaxFeatures) ?? defaults.ChannelMax,
            NumLayers = numLayers,
            NumCritical = synthesis.OptionalInt("num_critical", 0, numLayers - 1) ?? defaults.NumCritical,
            FirstCutoff = synthesis.OptionalDouble("first_cutoff") ?? defaults.FirstCutoff,
            FirstStopband = synthesis.OptionalDouble("first_stopband") ?? defaults.FirstStopband,
            LastStopbandRel = synthesis.OptionalDouble("last_stopband_rel") ?? defaults.LastStopbandRel,
            MarginSize = synthesis.OptionalInt("margin_size", 0, MaxMargin) ?? defaults.MarginSize,
            OutputScale = synthesis.OptionalDouble("output_scale") ?? defaults.OutputScale,
            KernelSize = (int)layer.Shape("weight", 4)[3],
            FilterSize = synthesis.OptionalInt("filter_size", 1, MaxFilterSize) ?? defaults.FilterSize,
            LreluUpsampling = synthesis.OptionalInt("lrelu_upsampling", 1, MaxUpsampling) ?? defaults.LreluUpsampling,
            UseRadialFilters = synthesis.Flag("use_radial_filters", defaults.UseRadialFilters),
            ConvClamp = layer.OptionalDouble("conv_clamp"),
            MagnitudeEmaBeta = layer.OptionalDouble("magnitude_ema_beta") ?? defaults.MagnitudeEmaBeta,
            NumFp16Res = synthesis.OptionalInt("num_fp16_res", 0, MaxLayers) ?? defaults.NumFp16Res,
        };

        RequireTensors(module, synthesis, options, Geometry(synthesis, options));
        return options;
    }

    /// <summary>The names of the layers, at least one.</summary>
    internal static string[] Names(ModuleOptions synthesis)
    {
        string[] names = synthesis.Record.Attributes["layer_names"] is IEnumerable<object?> items
            ? [.. items.OfType<string>()] : [];
        return names.Length > 0 ? names : throw synthesis.Error("the list of layers is empty");
    }

    private static IReadOnlyList<LayerGeometry> Geometry(ModuleOptions synthesis, GeneratorOptions options)
    {
        try
        {
            return LayerGeometry.Of(options);
        }
        catch (Exception e) when (e is ArgumentException or OverflowException)
        {
            throw synthesis.Error($"the options make no network: {e.Message.TrimEnd('.')}");
        }
    }

    private static void RequireTensors(
        ModuleOptions module, ModuleOptions synthesis, GeneratorOptions options, IReadOnlyList<LayerGeometry> layers)
    {
        ModuleOptions mapping = module.Child("mapping");
        int embedded = options.CDim > 0
            ? options.Mapping.EmbedFeatures ?? throw mapping.Error("the label embedding is missing") : 0;
        Require(mapping.Child("fc0"), "weight", null, options.ZDim + embedded);
        Require(mapping.Child($"fc{options.Mapping.NumLayers - 1}"), "weight", options.WDim, null);
        Require(synthesis.Child("input"), "freqs", layers[0].InChannels, 2);
        Require(synthesis.Child("input").Child("affine"), "weight", 4, options.WDim);
        foreach (LayerGeometry layer in layers)
        {
            ModuleOptions part = synthesis.Child(layer.Name);
            Require(part, "weight", layer.OutChannels, layer.InChannels, layer.KernelSize, layer.KernelSize);
            Require(part.Child("affine"), "weight", layer.InChannels, options.WDim);
            RequireFilter(part, "up_filter", layer.UpTaps, radial: false);
            RequireFilter(part, "down_filter", layer.DownTaps, layer.DownRadial);
        }
    }

    private static void RequireFilter(ModuleOptions layer, string filter, int taps, bool radial)
    {
        if (taps > 1)
        {
            Require(layer, filter, radial ? [taps, taps] : [taps]);
        }
    }

    private static void Require(ModuleOptions module, string tensor, params ReadOnlySpan<int?> expected)
    {
        IReadOnlyList<long> shape = module.Shape(tensor, expected.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            if (expected[i] is int size && shape[i] != size)
            {
                throw module.Error(
                    $"the tensor '{tensor}' is [{string.Join(", ", shape)}], the network's options give "
                        + $"size {size} in dimension {i}");
            }
        }
    }
}
