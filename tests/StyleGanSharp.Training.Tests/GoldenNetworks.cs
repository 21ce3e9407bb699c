using System.Text.Json;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;
using StyleGanSharp.Training.Losses;
using StyleGanSharp.Training.Steps;

namespace StyleGanSharp.Training.Tests;

/// <summary>The networks and losses that a golden JSON file describes by the constructor arguments of the reference.</summary>
internal static class GoldenNetworks
{
    /// <summary>Networks with the given values: G, D and an average that starts as a copy of G.</summary>
    public static TrainedNetworks Create(JsonElement json, Func<string, GoldenTensors> values)
    {
        JsonElement common = json.GetProperty("common_kwargs");
        IGenerator generator = Generator(json.GetProperty("G_kwargs"), common), average = Generator(json.GetProperty("G_kwargs"), common);
        Discriminator discriminator = Discriminator(json.GetProperty("D_kwargs"), common);
        var networks = new TrainedNetworks(generator, average, discriminator);
        Load(networks.GeneratorModule, values("G/"));
        Load(networks.AverageModule, values("G/"));
        Load(networks.DiscriminatorModule, values("D/"));
        return networks;
    }

    /// <summary>Loss options: those of a case over the defaults of the file.</summary>
    public static LossOptions Loss(JsonElement json, JsonElement own)
    {
        JsonElement defaults = json.GetProperty("loss_defaults");
        double Number(string key) => (own.TryGetProperty(key, out JsonElement value) ? value : defaults.GetProperty(key)).GetDouble();
        return new LossOptions
        {
            R1Gamma = Number("r1_gamma"),
            StyleMixingProb = Number("style_mixing_prob"),
            PathLengthWeight = Number("pl_weight"),
            PathLengthBatchShrink = (int)Number("pl_batch_shrink"),
            PathLengthDecay = Number("pl_decay"),
            BlurInitSigma = Number("blur_init_sigma"),
            BlurFadeImages = Number("blur_fade_kimg") * 1000,
        };
    }

    private static void Load(Module module, GoldenTensors values)
    {
        using var scope = new TensorScope();
        module.Load([.. values.Keys], name => values[name]);
    }

    private static IGenerator Generator(JsonElement own, JsonElement common)
    {
        int Int(string key, int fallback) => own.TryGetProperty(key, out JsonElement value) ? value.GetInt32() : fallback;
        double Double(string key, double fallback) => own.TryGetProperty(key, out JsonElement value) ? value.GetDouble() : fallback;
        var mapping = new MappingOptions { NumLayers = own.GetProperty("mapping_kwargs").GetProperty("num_layers").GetInt32() };
        int resolution = common.GetProperty("img_resolution").GetInt32();
        if (own.GetProperty("class_name").GetString()!.Contains("stylegan3", StringComparison.Ordinal))
        {
            return new Networks.StyleGan3.Generator(
                new Networks.StyleGan3.GeneratorOptions
                {
                    ZDim = Int("z_dim", 512),
                    WDim = Int("w_dim", 512),
                    CDim = common.GetProperty("c_dim").GetInt32(),
                    Resolution = resolution,
                    ImageChannels = common.GetProperty("img_channels").GetInt32(),
                    Mapping = mapping,
                    ChannelBase = Int("channel_base", 32768),
                    ChannelMax = Int("channel_max", 512),
                    NumLayers = Int("num_layers", 14),
                    MagnitudeEmaBeta = Double("magnitude_ema_beta", 0.999),
                },
                Initializer.ForLoading);
        }

        return new Generator(
            new GeneratorOptions
            {
                ZDim = Int("z_dim", 512),
                WDim = Int("w_dim", 512),
                CDim = common.GetProperty("c_dim").GetInt32(),
                Resolution = resolution,
                ImageChannels = common.GetProperty("img_channels").GetInt32(),
                Mapping = mapping,
                ChannelBase = Int("channel_base", 32768),
                ChannelMax = Int("channel_max", 512),
                Architecture = Kind(own, Architecture.Skip),
            },
            Initializer.ForLoading);
    }

    private static Discriminator Discriminator(JsonElement own, JsonElement common)
    {
        JsonElement mapping = own.GetProperty("mapping_kwargs"), epilogue = own.GetProperty("epilogue_kwargs");
        JsonElement group = epilogue.GetProperty("mbstd_group_size");
        return new Discriminator(
            new DiscriminatorOptions
            {
                CDim = common.GetProperty("c_dim").GetInt32(),
                Resolution = common.GetProperty("img_resolution").GetInt32(),
                ImageChannels = common.GetProperty("img_channels").GetInt32(),
                ChannelBase = own.GetProperty("channel_base").GetInt32(),
                ChannelMax = own.GetProperty("channel_max").GetInt32(),
                Architecture = Kind(own, Architecture.Resnet),
                MbStdGroupSize = group.ValueKind == JsonValueKind.Null ? null : group.GetInt32(),
                FreezeLayers = own.GetProperty("block_kwargs").GetProperty("freeze_layers").GetInt32(),
                Mapping = new MappingOptions
                {
                    NumLayers = mapping.TryGetProperty("num_layers", out JsonElement layers) ? layers.GetInt32() : 8,
                    WAvgBeta = null,
                },
            },
            Initializer.ForLoading);
    }

    private static Architecture Kind(JsonElement own, Architecture fallback) =>
        own.TryGetProperty("architecture", out JsonElement value) ? Enum.Parse<Architecture>(value.GetString()!, ignoreCase: true) : fallback;
}
