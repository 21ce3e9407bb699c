using System.Text.Json;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops.Bias;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Torch.Modules;
using StyleGan3 = StyleGanSharp.Networks.StyleGan3;

namespace StyleGanSharp.Testing;

/// <summary>
/// Constructor arguments of the reference, as golden JSON files have them, as options of our networks. What a file leaves out has
/// the default of the golden files' README; an argument that is not known here is an error, because a test that ignored it would
/// compare another network.
/// </summary>
internal static class GoldenOptions
{
    // Arguments that change neither tensors nor values: the class, and how a training program computes.
    private static readonly string[] WithoutEffect =
        ["class_name", "fused_modconv_default", "fp16_channels_last", "resample_mode", "use_fp16"];

    /// <summary>The generator that a file describes.</summary>
    /// <param name="sources">Objects with arguments; the first that has one decides.</param>
    public static IGenerator Generator(params JsonElement[] sources) => IsAliasFree(sources)
        ? new StyleGan3.Generator(AliasFree(sources), Initializer.ForLoading)
        : new Generator(StyleGan2(sources), Initializer.ForLoading);

    /// <summary>Whether the class of the first source is StyleGAN3's.</summary>
    public static bool IsAliasFree(params JsonElement[] sources) =>
        new Arguments(sources).Text("class_name", "").Contains("stylegan3", StringComparison.Ordinal);

    /// <summary>Options of a StyleGAN2 generator.</summary>
    public static GeneratorOptions StyleGan2(params JsonElement[] sources)
    {
        var all = new Arguments(sources);
        bool older = IsOlder(all);

        // The older layout keeps the arguments of the synthesis network apart.
        Arguments a = all.With(all.Section("synthesis_kwargs"));
        var options = new GeneratorOptions
        {
            ZDim = a.Int("z_dim", 512),
            CDim = a.Int("c_dim", 0),
            WDim = a.Int("w_dim", 512),
            Resolution = Resolution(a),
            ImageChannels = a.Int("img_channels", 3),
            Mapping = Mapping(a.Section("mapping_kwargs"), 8, older ? 0.995 : 0.998),
            ChannelBase = a.Int("channel_base", 32768),
            ChannelMax = a.Int("channel_max", 512),
            Architecture = Kind(a, Architecture.Skip),
            ResampleFilter = a.Numbers("resample_filter") is double[] taps ? [.. taps] : FilterTaps.Default,
            ConvClamp = a.OptionalNumber("conv_clamp", older ? null : 256),
            KernelSize = a.Int("kernel_size", 3),
            UseNoise = a.Flag("use_noise", true),
            Activation = Activations.Parse(a.Text("activation", "lrelu")),
            NumFp16Res = a.Int("num_fp16_res", older ? 0 : 4),
        };
        a.RequireAllUsed();
        return options;
    }

    /// <summary>Options of a StyleGAN3 generator.</summary>
    public static StyleGan3.GeneratorOptions AliasFree(params JsonElement[] sources)
    {
        var a = new Arguments(sources);
        var options = new StyleGan3.GeneratorOptions
        {
            ZDim = a.Int("z_dim", 512),
            CDim = a.Int("c_dim", 0),
            WDim = a.Int("w_dim", 512),
            Resolution = Resolution(a),
            ImageChannels = a.Int("img_channels", 3),
            Mapping = Mapping(a.Section("mapping_kwargs"), 2, 0.998),
            ChannelBase = a.Int("channel_base", 32768),
            ChannelMax = a.Int("channel_max", 512),
            NumLayers = a.Int("num_layers", 14),
            NumCritical = a.Int("num_critical", 2),
            FirstCutoff = a.Number("first_cutoff", 2),
            FirstStopband = a.Number("first_stopband", Math.Pow(2, 2.1)),
            LastStopbandRel = a.Number("last_stopband_rel", Math.Pow(2, 0.3)),
            MarginSize = a.Int("margin_size", 10),
            OutputScale = a.Number("output_scale", 0.25),
            KernelSize = a.Int("conv_kernel", 3),
            FilterSize = a.Int("filter_size", 6),
            LreluUpsampling = a.Int("lrelu_upsampling", 2),
            UseRadialFilters = a.Flag("use_radial_filters", false),
            ConvClamp = a.OptionalNumber("conv_clamp", 256),
            MagnitudeEmaBeta = a.Number("magnitude_ema_beta", 0.999),
            NumFp16Res = a.Int("num_fp16_res", 4),
        };
        a.RequireAllUsed();
        return options;
    }

    /// <summary>Options of a discriminator.</summary>
    public static DiscriminatorOptions Discriminator(params JsonElement[] sources)
    {
        var a = new Arguments(sources);
        bool older = IsOlder(a);
        Arguments block = a.Section("block_kwargs"), epilogue = a.Section("epilogue_kwargs");
        var options = new DiscriminatorOptions
        {
            CDim = a.Int("c_dim", 0),
            Resolution = Resolution(a),
            ImageChannels = a.Int("img_channels", 3),
            Architecture = Kind(a, Architecture.Resnet),
            ChannelBase = a.Int("channel_base", 32768),
            ChannelMax = a.Int("channel_max", 512),
            ConvClamp = a.OptionalNumber("conv_clamp", older ? null : 256),
            CMapDim = a.OptionalInt("cmap_dim", null),
            ResampleFilter = block.Numbers("resample_filter") is double[] taps ? [.. taps] : FilterTaps.Default,
            Activation = Activations.Parse(block.Text("activation", "lrelu")),
            FreezeLayers = block.Int("freeze_layers", 0),
            MbStdGroupSize = epilogue.OptionalInt("mbstd_group_size", 4),
            MbStdNumChannels = epilogue.Int("mbstd_num_channels", 1),
            Mapping = Mapping(a.Section("mapping_kwargs"), 8, null),
            NumFp16Res = a.Int("num_fp16_res", older ? 0 : 4),
        };
        Array.ForEach([a, block, epilogue], part => part.RequireAllUsed());
        return options;
    }

    private static bool IsOlder(Arguments a) =>
        a.Text("class_name", "").StartsWith("training.networks.", StringComparison.Ordinal);

    private static int Resolution(Arguments a) => a.OptionalInt("img_resolution", null) ?? a.Int("res", 0);

    private static Architecture Kind(Arguments a, Architecture fallback) =>
        Enum.Parse<Architecture>(a.Text("architecture", $"{fallback}"), ignoreCase: true);

    private static MappingOptions Mapping(Arguments a, int layers, double? beta)
    {
        var options = new MappingOptions
        {
            NumLayers = a.Int("num_layers", layers),
            EmbedFeatures = a.OptionalInt("embed_features", null),
            LayerFeatures = a.OptionalInt("layer_features", null),
            Activation = Activations.Parse(a.Text("activation", "lrelu")),
            LrMultiplier = a.Number("lr_multiplier", 0.01),
            WAvgBeta = a.OptionalNumber("w_avg_beta", beta),
        };
        a.RequireAllUsed();
        return options;
    }

    /// <summary>Arguments in several objects, of which the first that has one decides.</summary>
    private sealed class Arguments(JsonElement[] sources)
    {
        private readonly HashSet<string> used = [.. WithoutEffect];

        public Arguments With(Arguments more) => new([.. more.Sources, .. sources]) { Ignored = used };

        public Arguments Section(string key) => new(Find(key) is { ValueKind: JsonValueKind.Object } section ? [section] : []);

        public int Int(string key, int fallback) => OptionalInt(key, fallback) ?? fallback;

        public int? OptionalInt(string key, int? fallback) => (int?)OptionalNumber(key, fallback);

        public double Number(string key, double fallback) => OptionalNumber(key, fallback) ?? fallback;

        // Null is a value: switched off.
        public double? OptionalNumber(string key, double? fallback) =>
            Find(key) is not { } value ? fallback : value.ValueKind == JsonValueKind.Null ? null : value.GetDouble();

        public bool Flag(string key, bool fallback) => Find(key)?.GetBoolean() ?? fallback;

        public string Text(string key, string fallback) => Find(key)?.GetString() ?? fallback;

        public double[]? Numbers(string key) =>
            Find(key) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(v => v.GetDouble())] : null;

        public void RequireAllUsed()
        {
            string[] unknown = [
                .. sources.SelectMany(s => s.EnumerateObject()).Select(p => p.Name).Where(
                    n => !used.Contains(n) && !Ignored.Contains(n))];
            if (unknown.Length > 0)
            {
                throw new NotSupportedException($"no rule says what the argument {unknown[0]} means");
            }
        }

        private JsonElement[] Sources => sources;

        private HashSet<string> Ignored { get; init; } = [];

        private JsonElement? Find(string key)
        {
            used.Add(key);
            foreach (JsonElement source in sources)
            {
                if (source.TryGetProperty(key, out JsonElement value))
                {
                    return value;
                }
            }

            return null;
        }
    }
}
