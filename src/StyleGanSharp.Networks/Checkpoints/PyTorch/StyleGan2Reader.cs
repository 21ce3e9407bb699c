using System.Numerics;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops.Bias;
using StyleGanSharp.Networks.StyleGan2;

namespace StyleGanSharp.Networks.Checkpoints.PyTorch;

/// <summary>
/// Finds the architecture of StyleGAN2 networks in snapshots of the StyleGAN2-ADA and StyleGAN3 programs. Every size is checked
/// against the tensors that are really there, so that options alone cannot ask for memory.
/// </summary>
internal static class StyleGan2Reader
{
    private const int MaxFeatures = 1 << 16;
    internal const int MaxResolution = 1 << 13;
    private const int MaxLayers = 64;

    /// <summary>Whether a module is a StyleGAN2 generator: StyleGAN3's has the same class name, but other parts.</summary>
    internal static bool IsGenerator(ModuleRecord module) =>
        module.Modules.TryGetValue("synthesis", out ModuleRecord? synthesis) && synthesis?.Modules.ContainsKey("b4") == true;

    /// <summary>Whether a module is a StyleGAN2 discriminator.</summary>
    internal static bool IsDiscriminator(ModuleRecord module) =>
        module.Modules.TryGetValue("b4", out ModuleRecord? epilogue) && epilogue?.Modules.ContainsKey("out") == true;

    internal static GeneratorOptions Generator(string path, string name, ModuleRecord record)
    {
        var module = new ModuleOptions(path, name, record);
        ModuleOptions synthesis = module.Child("synthesis");
        (int resolution, int? firstWidth, int? firstHeight) = StyleGan2Size.Read(module, synthesis);
        ModuleOptions last = synthesis.Child($"b{resolution}");
        ModuleOptions conv = last.Child("conv1");
        var options = new GeneratorOptions
        {
            ZDim = module.Int("z_dim", 1, MaxFeatures),
            CDim = module.Int("c_dim", 0, MaxFeatures),
            WDim = module.Int("w_dim", 1, MaxFeatures),
            Resolution = resolution,
            FirstWidth = firstWidth,
            FirstHeight = firstHeight,
            ImageChannels = module.Int("img_channels", 1, MaxFeatures),
            Mapping = Mapping(module.Child("mapping"), new MappingOptions()),
            ChannelBase = synthesis.OptionalInt("channel_base", 1, int.MaxValue) ?? 32768,
            ChannelMax = synthesis.OptionalInt("channel_max", 1, MaxFeatures) ?? 512,
            Architecture = ParseArchitecture(last, "skip"),
            ResampleFilter = Taps(resolution > 4 ? last.Child("conv0") : conv),
            ConvClamp = conv.OptionalDouble("conv_clamp"),
            KernelSize = (int)conv.Shape("weight", 4)[3],
            UseNoise = conv.Flag("use_noise", true),
            Activation = ParseActivation(conv),
            NumFp16Res = synthesis.OptionalInt("num_fp16_res", 0, MaxLayers) ?? 0,
        };

        foreach (int r in ChannelRule.Resolutions(resolution))
        {
            int channels = options.Channels.At(r);
            RequireChannels(synthesis.Child($"b{r}").Child("conv1"), channels, channels);
        }

        return options;
    }

    internal static DiscriminatorOptions Discriminator(string path, string name, ModuleRecord record)
    {
        var module = new ModuleOptions(path, name, record);
        int resolution = Resolution(module);
        ModuleOptions first = module.Child($"b{resolution}"), epilogue = module.Child("b4");
        ModuleOptions conv = first.Child("conv0");
        bool hasStd = epilogue.HasChild("mbstd");
        int cDim = module.Int("c_dim", 0, MaxFeatures);
        var options = new DiscriminatorOptions
        {
            CDim = cDim,
            Resolution = resolution,
            ImageChannels = module.Int("img_channels", 1, MaxFeatures),
            Architecture = ParseArchitecture(first, "resnet"),
            ChannelBase = module.OptionalInt("channel_base", 1, int.MaxValue) ?? 32768,
            ChannelMax = module.OptionalInt("channel_max", 1, MaxFeatures) ?? 512,
            ConvClamp = conv.OptionalDouble("conv_clamp"),
            CMapDim = cDim > 0 ? epilogue.Int("cmap_dim", 1, MaxFeatures) : null,
            ResampleFilter = Taps(first.Child("conv1")),
            Activation = ParseActivation(conv),
            FreezeLayers = first.OptionalInt("freeze_layers", 0, int.MaxValue) ?? 0,
            MbStdGroupSize = hasStd ? epilogue.Child("mbstd").OptionalInt("group_size", 1, int.MaxValue) : null,
            MbStdNumChannels = hasStd ? epilogue.Child("mbstd").OptionalInt("num_channels", 1, MaxFeatures) ?? 1 : 0,
            Mapping = cDim > 0 ? Mapping(module.Child("mapping"), new MappingOptions()) : new MappingOptions { WAvgBeta = null },
            NumFp16Res = module.OptionalInt("num_fp16_res", 0, MaxLayers) ?? 0,
        };

        foreach (int r in ChannelRule.Resolutions(resolution).Where(r => r > 4))
        {
            int channels = options.Channels.At(r);
            RequireChannels(module.Child($"b{r}").Child("conv0"), channels, channels);
        }

        return options;
    }

    /// <summary>The mapping network of a generator of either generation, or of a discriminator.</summary>
    internal static MappingOptions Mapping(ModuleOptions mapping, MappingOptions defaults)
    {
        int layers = mapping.OptionalInt("num_layers", 1, MaxLayers) ?? defaults.NumLayers;
        ModuleOptions first = mapping.Child("fc0");
        return new MappingOptions
        {
            NumLayers = layers,
            EmbedFeatures = mapping.HasChild("embed") ? (int)mapping.Child("embed").Shape("weight", 2)[0] : null,
            LayerFeatures = layers > 1 ? (int)first.Shape("weight", 2)[0] : null,
            Activation = ParseActivation(first),
            LrMultiplier = first.OptionalDouble("bias_gain") ?? defaults.LrMultiplier,
            WAvgBeta = mapping.OptionalDouble("w_avg_beta"),
        };
    }

    /// <summary>The size of a network's square images.</summary>
    internal static int Resolution(ModuleOptions module)
    {
        int resolution = module.Int("img_resolution", 4, MaxResolution);
        return BitOperations.IsPow2(resolution)
            ? resolution
            : throw module.Error($"the resolution is {resolution}, expected a power of two");
    }

    private static void RequireChannels(ModuleOptions conv, int outChannels, int inChannels)
    {
        IReadOnlyList<long> shape = conv.Shape("weight", 4);
        if (shape[0] != outChannels || shape[1] != inChannels)
        {
            throw conv.Error(
                $"the weights are for {shape[1]} to {shape[0]} channels, the network's options give {inChannels} to {outChannels}");
        }
    }

    private static Architecture ParseArchitecture(ModuleOptions block, string fallback) =>
        block.Text("architecture", fallback) switch
        {
            "skip" => Architecture.Skip,
            "resnet" => Architecture.Resnet,
            "orig" => Architecture.Orig,
            string other => throw block.Error($"the architecture is '{other}', expected skip, resnet or orig"),
        };

    private static Activation ParseActivation(ModuleOptions layer)
    {
        try
        {
            return Activations.Parse(layer.Text("activation", "lrelu"));
        }
        catch (ArgumentException)
        {
            throw layer.Error($"the activation '{layer.Text("activation", "")}' is unknown");
        }
    }

    private static System.Collections.Immutable.ImmutableArray<double> Taps(ModuleOptions layer) =>
        layer.Numbers("resample_filter") is double[] taps ? [.. taps] : FilterTaps.Default;
}
