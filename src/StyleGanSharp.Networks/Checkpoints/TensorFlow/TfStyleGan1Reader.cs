using System.Collections.Immutable;
using System.Numerics;
using StyleGanSharp.Networks.Layers;
using DiscriminatorOptions = StyleGanSharp.Networks.StyleGan1.DiscriminatorOptions;
using GeneratorOptions = StyleGanSharp.Networks.StyleGan1.GeneratorOptions;

namespace StyleGanSharp.Networks.Checkpoints.TensorFlow;

/// <summary>
/// Networks of StyleGAN as its TensorFlow program saves them: options and the place of every variable. Sizes are checked against
/// the variables that are really there, so that options alone cannot ask for memory.
/// </summary>
/// <remarks>
/// Generator: <c>lod</c>, <c>dlatent_avg</c> are <c>lod</c>, <c>mapping.w_avg</c>; of the mapping network, <c>LabelConcat</c> is
/// <c>mapping.label</c>, <c>DenseN</c> <c>mapping.fcN</c>; of the synthesis network, <c>4x4/Const</c> (or <c>4x4/Dense</c>) is
/// <c>b4.input</c>, <c>4x4/Conv</c> <c>b4.conv1</c>, <c>RxR/Conv0_up</c> and <c>RxR/Conv1</c> <c>bR.conv0</c> and
/// <c>bR.conv1</c>, <c>ToRGB_lodN</c> <c>bR.torgb</c>; within a layer, <c>noiseN</c>, <c>Noise/weight</c>, <c>bias</c>,
/// <c>StyleMod</c> are <c>epilogue.noise_const</c>, <c>epilogue.noise_weight</c>, <c>epilogue.bias</c>, <c>epilogue.style</c>.
/// Discriminator: <c>FromRGB_lodN</c>, <c>RxR/Conv0</c>, <c>RxR/Conv1_down</c> are <c>bR.fromrgb</c>, <c>bR.conv0</c>,
/// <c>bR.conv1</c>; <c>4x4/Conv</c>, <c>4x4/Dense0</c>, <c>4x4/Dense1</c> are <c>b4.conv</c>, <c>b4.fc</c>, <c>b4.out</c>. Layers
/// that upsample and convolve in one step (from 128x128 on unless the options say otherwise) store their kernels turned around.
/// </remarks>
internal static class TfStyleGan1Reader
{
    private const int FusedFrom = 128;

    internal static bool IsGenerator(TfNetworkRecord record) => record.BuildFunction == "G_style";

    internal static bool IsDiscriminator(TfNetworkRecord record) => record.BuildFunction == "D_basic";

    internal static GeneratorOptions Generator(TfOptions o)
    {
        o.RequireFlag("use_wscale", true);
        TfVariables synthesis = o.Component("synthesis"), mapping = o.Component("mapping");
        int resolution = o.Resolution(4), layers = o.Int("mapping_layers", 8, 0, TfOptions.MaxLayers);
        var options = new GeneratorOptions
        {
            Resolution = resolution,
            ZDim = o.Int("latent_size", 512, 1, TfOptions.MaxFeatures),
            CDim = o.Int("label_size", 0, 0, TfOptions.MaxFeatures),
            WDim = o.Int("dlatent_size", 512, 1, TfOptions.MaxFeatures),
            ImageChannels = o.Int("num_channels", 1, 1, TfOptions.MaxFeatures),
            MappingLayers = layers,
            MappingFeatures = o.Int("mapping_fmaps", 512, 1, TfOptions.MaxFeatures),
            MappingLrMultiplier = o.Double("mapping_lrmul", 0.01),
            NormalizeLatents = o.Flag("normalize_latents", true),
            WAvgBeta = o.Record.Variables.ContainsKey("dlatent_avg") ? o.Double("dlatent_avg_beta", 0.995) : null,
            ChannelBase = o.Int("fmap_base", 8192, 1, int.MaxValue / 2) * 2,
            ChannelDecay = o.Double("fmap_decay", 1),
            ChannelMax = o.Int("fmap_max", 512, 1, TfOptions.MaxFeatures),
            Activation = o.Activation("nonlinearity"),
            UseStyles = o.Flag("use_styles", true),
            ConstInput = o.Flag("const_input_layer", true),
            UseNoise = o.Flag("use_noise", true),
            UsePixelNorm = o.Flag("use_pixel_norm", false),
            UseInstanceNorm = o.Flag("use_instance_norm", true),
            BlurFilter = Blur(o),
            CanGrow = resolution == 4 || synthesis.Has("ToRGB_lod1/weight"),
        };
        if (layers > 0 && o.Activation("mapping_nonlinearity") != options.Activation)
        {
            throw o.Error("mapping and synthesis have different activations, which this program cannot run");
        }

        for (int i = 0; i < layers; i++)
        {
            int inputs = i > 0 ? options.MappingFeatures : options.CDim > 0 ? 2 * options.ZDim : options.ZDim;
            mapping.Require($"Dense{i}/weight", inputs, i == layers - 1 ? options.WDim : options.MappingFeatures);
        }

        if (options.CDim > 0)
        {
            mapping.Require("LabelConcat/weight", options.CDim, options.ZDim);
        }

        foreach (int r in ChannelRule.Resolutions(resolution))
        {
            int channels = options.Channels.At(r);
            synthesis.Require(Second(r) + "/weight", 3, 3, channels, channels);
            if (options.UseNoise)
            {
                synthesis.Require($"noise{NoiseIndex(r) + 1}", 1, 1, r, r);
            }
        }

        return options;
    }

    internal static TfWeights GeneratorWeights(TfOptions o, GeneratorOptions options)
    {
        TfVariables own = o.Variables(), synthesis = o.Component("synthesis"), mapping = o.Component("mapping");
        var weights = new TfWeights();
        weights.Add("lod", own, "lod", TfLayout.Same);
        synthesis.Skip("lod"); // A copy of the generator's.
        if (options.WAvgBeta is not null)
        {
            weights.Add("mapping.w_avg", own, "dlatent_avg", TfLayout.Same);
        }

        if (options.CDim > 0)
        {
            weights.Add("mapping.label.weight", mapping, "LabelConcat/weight", TfLayout.Dense);
        }

        for (int i = 0; i < options.MappingLayers; i++)
        {
            weights.Layer($"mapping.fc{i}", mapping, $"Dense{i}", TfLayout.Dense);
        }

        foreach (int r in ChannelRule.Resolutions(options.Resolution))
        {
            string block = $"synthesis.b{r}", first = r == 4 ? "input" : "conv0";
            string variable = r > 4 ? $"{r}x{r}/Conv0_up" : options.ConstInput ? "4x4/Const" : "4x4/Dense";
            if (r > 4)
            {
                weights.Add($"{block}.conv0.conv.weight", synthesis, $"{variable}/weight", IsFused(o, r)
                    ? TfLayout.FlippedConvolution : TfLayout.Convolution);
            }
            else if (options.ConstInput)
            {
                weights.Add($"{block}.input.const", synthesis, "4x4/Const/const", TfLayout.Constant);
            }
            else
            {
                weights.Add($"{block}.input.weight", synthesis, "4x4/Dense/weight", TfLayout.Dense);
            }

            Epilogue($"{block}.{first}", variable, NoiseIndex(r));
            weights.Add($"{block}.conv1.conv.weight", synthesis, $"{Second(r)}/weight", TfLayout.Convolution);
            Epilogue($"{block}.conv1", Second(r), NoiseIndex(r) + 1);
            if (options.CanGrow || r == options.Resolution)
            {
                Convolution(weights, $"{block}.torgb", synthesis, $"ToRGB_lod{Level(r, options.Resolution)}");
            }
        }

        return weights;

        void Epilogue(string target, string variable, int noise)
        {
            weights.Add($"{target}.epilogue.bias", synthesis, $"{variable}/bias", TfLayout.Same);
            if (options.UseNoise)
            {
                weights.Add($"{target}.epilogue.noise_const", synthesis, $"noise{noise}", TfLayout.Noise);
                weights.Add($"{target}.epilogue.noise_weight", synthesis, $"{variable}/Noise/weight", TfLayout.Same);
            }

            if (options.UseStyles)
            {
                weights.Layer($"{target}.epilogue.style", synthesis, $"{variable}/StyleMod", TfLayout.Dense);
            }
        }
    }

    internal static DiscriminatorOptions Discriminator(TfOptions o)
    {
        o.RequireFlag("use_wscale", true);
        TfVariables variables = o.Variables();
        var options = new DiscriminatorOptions
        {
            Resolution = o.Resolution(8),
            CDim = o.Int("label_size", 0, 0, TfOptions.MaxFeatures),
            ImageChannels = o.Int("num_channels", 1, 1, TfOptions.MaxFeatures),
            ChannelBase = o.Int("fmap_base", 8192, 1, int.MaxValue / 2) * 2,
            ChannelDecay = o.Double("fmap_decay", 1),
            ChannelMax = o.Int("fmap_max", 512, 1, TfOptions.MaxFeatures),
            Activation = o.Activation("nonlinearity"),
            MbStdGroupSize = o.Int("mbstd_group_size", 4, 0, int.MaxValue),
            MbStdNumChannels = o.Int("mbstd_num_features", 1, 1, TfOptions.MaxFeatures),
            BlurFilter = Blur(o),
            CanGrow = variables.Has("FromRGB_lod1/weight"),
        };
        foreach (int r in ChannelRule.Resolutions(options.Resolution).Where(r => r > 4))
        {
            variables.Require($"{r}x{r}/Conv0/weight", 3, 3, options.Channels.At(r), options.Channels.At(r));
        }

        variables.Require("4x4/Dense0/weight", 16 * options.Channels.At(4), options.Channels.At(2));
        return options;
    }

    internal static TfWeights DiscriminatorWeights(TfOptions o, DiscriminatorOptions options)
    {
        TfVariables variables = o.Variables();
        var weights = new TfWeights();
        weights.Add("lod", variables, "lod", TfLayout.Same);
        foreach (int r in ChannelRule.Resolutions(options.Resolution))
        {
            if (options.CanGrow || r == options.Resolution)
            {
                Convolution(weights, $"b{r}.fromrgb", variables, $"FromRGB_lod{Level(r, options.Resolution)}");
            }

            if (r > 4)
            {
                Convolution(weights, $"b{r}.conv0", variables, $"{r}x{r}/Conv0");
                Convolution(weights, $"b{r}.conv1", variables, $"{r}x{r}/Conv1_down");
            }
        }

        Convolution(weights, "b4.conv", variables, "4x4/Conv");
        weights.Layer("b4.fc", variables, "4x4/Dense0", TfLayout.Dense);
        weights.Layer("b4.out", variables, "4x4/Dense1", TfLayout.Dense);
        return weights;
    }

    // A convolution with its bias.
    private static void Convolution(TfWeights weights, string target, TfVariables variables, string variable)
    {
        weights.Add($"{target}.conv.weight", variables, $"{variable}/weight", TfLayout.Convolution);
        weights.Add($"{target}.bias", variables, $"{variable}/bias", TfLayout.Same);
    }

    private static bool IsFused(TfOptions o, int resolution) => o.Find("fused_scale") switch
    {
        null or "auto" => resolution >= FusedFrom,
        bool fused => fused,
        _ => throw o.Error("the option 'fused_scale' is neither True, False nor 'auto'"),
    };

    private static ImmutableArray<double> Blur(TfOptions o) => o.Taps("blur_filter", absent: [1, 2, 1], none: []);

    private static string Second(int resolution) => resolution == 4 ? "4x4/Conv" : $"{resolution}x{resolution}/Conv1";

    private static int NoiseIndex(int resolution) => 2 * (BitOperations.Log2((uint)resolution) - 2);

    private static int Level(int resolution, int full) => BitOperations.Log2((uint)(full / resolution));
}
