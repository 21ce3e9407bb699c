using System.Numerics;
using StyleGanSharp.Networks.Checkpoints.Pickle;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Networks.Ops.Bias;
using StyleGanSharp.Networks.ProGan;

namespace StyleGanSharp.Networks.Checkpoints.TensorFlow;

/// <summary>
/// Finds the architecture of ProGAN networks in files of the time before PyTorch. Files name only the options that differ from
/// the defaults of the function that built the network.
/// </summary>
internal static class ProGanReader
{
    private const int MaxFeatures = 1 << 14;
    private const int MaxResolution = 1 << 13;
    private const int TheanoGroupSize = 16;

    /// <summary>Whether a network is a ProGAN generator ("G_progressive_8": its first name).</summary>
    public static bool IsGenerator(TfNetworkRecord network) => network.BuildFunction is "G_paper" or "G_progressive_8";

    /// <summary>Whether a network is a ProGAN discriminator.</summary>
    public static bool IsDiscriminator(TfNetworkRecord network) => network.BuildFunction is "D_paper" or "D_progressive_8";

    public static GeneratorOptions Generator(string path, string name, TfNetworkRecord network)
    {
        OptionReader kwargs = Kwargs(path, name, network);
        RequireKnown(kwargs, network);
        var options = new GeneratorOptions
        {
            Resolution = Resolution(kwargs),
            ImageChannels = kwargs.OptionalInt("num_channels", 1, MaxFeatures) ?? 1,
            CDim = kwargs.OptionalInt("label_size", 0, MaxFeatures) ?? 0,
            ZDim = kwargs.OptionalInt("latent_size", 1, MaxFeatures),
            Channels = Channels(kwargs, network),
            NormalizeLatents = kwargs.Flag("normalize_latents", true),
            UseWeightScale = kwargs.Flag("use_wscale", true),
            UsePixelNorm = kwargs.Flag("use_pixelnorm", true),
            PixelNormEpsilon = kwargs.OptionalDouble("pixelnorm_epsilon") ?? SecondMoment.Epsilon,
            Activation = kwargs.Flag("use_leakyrelu", true) ? Activation.LeakyRelu : Activation.Relu,
        };
        RequireChannels(kwargs, options.Channels, options.Resolution);
        return options;
    }

    /// <summary>Whether the generator's upsampling layers were built as one step.</summary>
    public static bool FusedScale(string path, string name, TfNetworkRecord network) =>
        network.Version is not null && Kwargs(path, name, network).Flag("fused_scale", true);

    public static DiscriminatorOptions Discriminator(string path, string name, TfNetworkRecord network)
    {
        OptionReader kwargs = Kwargs(path, name, network);
        RequireKnown(kwargs, network);
        int group = network.Version is null ? TheanoGroupSize : kwargs.OptionalInt("mbstd_group_size", 0, int.MaxValue) ?? 4;
        int cDim = kwargs.OptionalInt("label_size", 0, MaxFeatures) ?? 0;
        var options = new DiscriminatorOptions
        {
            Resolution = Resolution(kwargs),
            ImageChannels = kwargs.OptionalInt("num_channels", 1, MaxFeatures) ?? 1,
            CDim = cDim,
            LabelLogits = GivesLabels(network, cDim) ? cDim : 0,
            Channels = Channels(kwargs, network),
            UseWeightScale = kwargs.Flag("use_wscale", true),
            FusedScale = FusedScale(path, name, network),
            MbStdGroupSize = group > 1 ? group : null,
        };
        RequireChannels(kwargs, options.Channels, options.Resolution);
        return options;
    }

    // Later programs trained ProGAN with a discriminator that only scores.
    private static bool GivesLabels(TfNetworkRecord network, int cDim) =>
        !network.Variables.TryGetValue("4x4/Dense1/bias", out NumpyArray? bias) || bias.Count == 1 + cDim;

    private static OptionReader Kwargs(string path, string name, TfNetworkRecord network) =>
        new(path, name, option => network.StaticKwargs.GetValueOrDefault(option));

    private static int Resolution(OptionReader kwargs)
    {
        int resolution = kwargs.OptionalInt("resolution", 4, MaxResolution) ?? 32;
        return BitOperations.IsPow2(resolution)
            ? resolution
            : throw kwargs.Error($"the resolution is {resolution}, expected a power of two");
    }

    // The defaults of the Theano program are half of the later ones.
    private static ChannelRule Channels(OptionReader kwargs, TfNetworkRecord network) => new(
        kwargs.OptionalDouble("fmap_base") ?? (network.Version is null ? 4096 : 8192),
        kwargs.OptionalDouble("fmap_decay") ?? 1,
        kwargs.OptionalInt("fmap_max", 1, MaxFeatures) ?? (network.Version is null ? 256 : 512));

    private static void RequireChannels(OptionReader kwargs, ChannelRule rule, int resolution)
    {
        foreach (int r in ChannelRule.Resolutions(resolution).Append(2))
        {
            int channels = rule.At(r);
            if (channels is < 1 or > MaxFeatures)
            {
                throw kwargs.Error($"the options give {channels} feature maps at {r}x{r}");
            }
        }
    }

    // Experiments of the Theano program that the later ones dropped; no official network uses them.
    private static void RequireKnown(OptionReader kwargs, TfNetworkRecord network)
    {
        if (network.Version is not null)
        {
            return;
        }

        bool generator = IsGenerator(network);
        string[] switches = generator ? ["use_batchnorm", "tanh_at_end"] : ["use_layernorm", "mbdisc_kernels"];
        string? used = switches.FirstOrDefault(option => network.StaticKwargs.GetValueOrDefault(option) is not (null or false));
        if (used is null && !generator
            && (kwargs.Text("mbstat_func", "Tstdeps") != "Tstdeps" || kwargs.Text("mbstat_avg", "all") != "all"))
        {
            used = "mbstat_func";
        }

        if (used is not null || kwargs.OptionalInt("label_size", 0, MaxFeatures) > 0)
        {
            throw kwargs.Error(
                $"the option '{used ?? "label_size"}' has a value that only experiments of the Theano program had");
        }
    }
}
