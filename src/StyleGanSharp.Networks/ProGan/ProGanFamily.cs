using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Checkpoints.Own;
using StyleGanSharp.Networks.Layers;

namespace StyleGanSharp.Networks.ProGan;

/// <summary>ProGAN: Karras et al. (2018).</summary>
internal sealed class ProGanFamily()
    : NetworkFamily<Generator, GeneratorOptions, Discriminator, DiscriminatorOptions>(
        (o, init) => new(o, init), g => g.Options, (o, init) => new(o, init), d => d.Options)
{
    private const double MaxDecay = 16;

    public override string Name => "progan";

    public override bool Grows => true;

    private protected override GeneratorOptions Blank { get; } = new() { Resolution = 4 };

    public override string Title(IGeneratorOptions options) => "ProGAN";

    public override IGeneratorOptions Generator(NetworkDesign design) => new GeneratorOptions
    {
        Resolution = design.Resolution,
        ImageChannels = design.ImageChannels,
        CDim = design.CDim,
        ZDim = design.LatentSize,
        Channels = new(design.ChannelBase / 2.0, 1, design.ChannelMax),
    };

    // Labels are no input of this one: it guesses them.
    public override IDiscriminatorOptions Discriminator(NetworkDesign design, IDiscriminatorOptions? start)
    {
        DiscriminatorOptions own = (DiscriminatorOptions?)start ?? new DiscriminatorOptions
        {
            Resolution = design.Resolution,
            ImageChannels = design.ImageChannels,
            CDim = design.CDim,
            LabelLogits = design.CDim,
            Channels = new(design.ChannelBase / 2.0, 1, design.ChannelMax),
        };
        return own with { MbStdGroupSize = design.GroupSize > 1 ? design.GroupSize : null };
    }

    /// <summary>Adds what the options of a generator say to a summary, whichever file they come from.</summary>
    internal static NetworkSummary Summary(NetworkSummary summary, GeneratorOptions options) => summary with
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
        ChannelBase = options.Channels.ChannelBase,
        ChannelMax = options.Channels.Max,
    };

    private protected override GeneratorOptions Fields(OptionFields f, GeneratorOptions o) => o with
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

    private static ChannelRule Channels(OptionFields f, ChannelRule o) =>
        new(f.Number("base", o.Base), f.Number("decay", o.Decay), f.Count("max", o.Max));

    private protected override void Check(GeneratorOptions options, StoredTensors stored)
    {
        stored.IsResolution(options.Resolution);
        stored.InRange("image_channels", options.ImageChannels, 1, StoredTensors.MaxFeatures);
        stored.InRange("c_dim", options.CDim, 0, StoredTensors.MaxFeatures);
        stored.InRange("channels.base", options.Channels.Base, 1, int.MaxValue);
        stored.InRange("channels.decay", options.Channels.Decay, 0, MaxDecay);
        stored.InRange("pixel_norm_epsilon", options.PixelNormEpsilon, 0, double.MaxValue);
        stored.InRange("channels.max", options.Channels.Max, 1, StoredTensors.MaxFeatures);
        stored.InRange("z_dim", options.Latents, 1, StoredTensors.MaxFeatures);
        stored.Require("b4.dense.weight", null, options.Latents + options.CDim);
        foreach (int r in ChannelRule.Resolutions(options.Resolution))
        {
            int channels = options.Channels.At(r);
            stored.InRange("channels", channels, 1, StoredTensors.MaxFeatures);
            stored.Require(r == 4 ? "b4.conv.weight" : $"b{r}.conv1.weight", channels, channels, 3, 3);
            stored.Require($"b{r}.torgb.weight", options.ImageChannels, channels, 1, 1);
        }
    }

    private protected override NetworkSummary Describe(NetworkSummary summary, GeneratorOptions options) =>
        Summary(summary, options);
}
