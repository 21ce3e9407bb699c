using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Checkpoints.Own;
using StyleGanSharp.Networks.Layers;

namespace StyleGanSharp.Networks.StyleGan1;

/// <summary>StyleGAN, the first: Karras et al. (2019), all configurations from B on.</summary>
internal sealed class StyleGan1Family()
    : NetworkFamily<Generator, GeneratorOptions, Discriminator, DiscriminatorOptions>(
        (o, init) => new(o, init), g => g.Options, (o, init) => new(o, init), d => d.Options)
{
    private const double MaxDecay = 16;

    public override string Name => "stylegan1";

    public override bool Grows => true;

    private protected override GeneratorOptions Blank { get; } = new() { Resolution = 4 };

    public override string Title(IGeneratorOptions options) => "StyleGAN";

    // Table 1: B has none of the new parts, C the styles, D the constant input, E the noise (F mixes styles in training).
    public override IGeneratorOptions Generator(NetworkDesign design)
    {
        char configuration = design.Configuration ?? 'f';
        bool traditional = configuration == 'b';
        return new GeneratorOptions
        {
            Resolution = design.Resolution,
            ImageChannels = design.ImageChannels,
            CDim = design.CDim,
            ZDim = design.LatentSize,
            WDim = design.StyleSize,
            MappingFeatures = design.LatentSize,
            MappingLayers = design.MappingLayers,
            ChannelBase = design.ChannelBase,
            ChannelMax = design.ChannelMax,
            UseStyles = !traditional,
            UsePixelNorm = traditional,
            UseInstanceNorm = !traditional,
            ConstInput = configuration is 'd' or 'e' or 'f',
            UseNoise = configuration is 'e' or 'f',
            WAvgBeta = traditional ? null : 0.995,
        };
    }

    public override IDiscriminatorOptions Discriminator(NetworkDesign design, IDiscriminatorOptions? start)
    {
        DiscriminatorOptions own = (DiscriminatorOptions?)start ?? new DiscriminatorOptions
        {
            Resolution = design.Resolution,
            ImageChannels = design.ImageChannels,
            CDim = design.CDim,
            ChannelBase = design.ChannelBase,
            ChannelMax = design.ChannelMax,
        };
        return own with { MbStdGroupSize = design.GroupSize };
    }

    /// <summary>Adds what the options of a generator say to a summary, whichever file they come from.</summary>
    internal static NetworkSummary Summary(NetworkSummary summary, GeneratorOptions options) => summary with
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

    private protected override GeneratorOptions Fields(OptionFields f, GeneratorOptions o) => o with
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

    private protected override void Check(GeneratorOptions options, StoredTensors stored)
    {
        stored.IsResolution(options.Resolution);
        stored.InRange("channel_base", options.ChannelBase, 2, int.MaxValue);
        stored.InRange("channel_decay", options.ChannelDecay, 0, MaxDecay);
        stored.InRange("channel_max", options.ChannelMax, 1, StoredTensors.MaxFeatures);
        stored.InRange("image_channels", options.ImageChannels, 1, StoredTensors.MaxFeatures);
        stored.IsFilter("blur_filter", options.BlurFilter, least: 0);
        CheckMapping(options, stored);
        int below = 0;
        foreach (int r in ChannelRule.Resolutions(options.Resolution))
        {
            int channels = options.Channels.At(r);
            stored.InRange("channel_base", channels, 1, StoredTensors.MaxFeatures);
            string block = $"synthesis.b{r}", first = below == 0 ? "input" : "conv0";
            if (below > 0)
            {
                stored.Require($"{block}.conv0.conv.weight", channels, below, 3, 3);
            }
            else if (options.ConstInput)
            {
                stored.Require($"{block}.input.const", channels, r, r);
            }
            else
            {
                stored.Require($"{block}.input.weight", channels * r * r, options.WDim);
            }

            stored.Require($"{block}.conv1.conv.weight", channels, channels, 3, 3);
            foreach (string layer in (string[])[first, "conv1"])
            {
                if (options.UseNoise)
                {
                    stored.Require($"{block}.{layer}.epilogue.noise_const", r, r);
                }

                if (options.UseStyles)
                {
                    stored.Require($"{block}.{layer}.epilogue.style.weight", 2 * channels, options.WDim);
                }
            }

            if (options.CanGrow || r == options.Resolution)
            {
                stored.Require($"{block}.torgb.conv.weight", options.ImageChannels, channels, 1, 1);
            }

            below = channels;
        }
    }

    private protected override NetworkSummary Describe(NetworkSummary summary, GeneratorOptions options) =>
        Summary(summary, options);

    private static void CheckMapping(GeneratorOptions options, StoredTensors stored)
    {
        stored.InRange("z_dim", options.ZDim, 1, StoredTensors.MaxFeatures);
        stored.InRange("c_dim", options.CDim, 0, StoredTensors.MaxFeatures);
        stored.InRange("w_dim", options.WDim, 1, StoredTensors.MaxFeatures);
        stored.InRange("mapping_layers", options.MappingLayers, 0, StoredTensors.MaxLayers);
        stored.InRange("mapping_features", options.MappingFeatures, 1, StoredTensors.MaxFeatures);
        stored.InRange("mapping_lr_multiplier", options.MappingLrMultiplier, MappingFields.LeastMultiplier,
            1 / MappingFields.LeastMultiplier);
        stored.InRange("w_avg_beta", options.WAvgBeta ?? 0, 0, 1);
        if (options.CDim > 0)
        {
            stored.Require("mapping.label.weight", options.ZDim, options.CDim);
        }

        int features = options.CDim > 0 ? 2 * options.ZDim : options.ZDim;
        for (int i = 0; i < options.MappingLayers; i++)
        {
            int next = i == options.MappingLayers - 1 ? options.WDim : options.MappingFeatures;
            stored.Require($"mapping.fc{i}.weight", next, features);
            features = next;
        }

        if (features != options.WDim)
        {
            throw stored.Error($"without mapping layers w has {features} numbers, the option 'w_dim' is {options.WDim}");
        }
    }
}
