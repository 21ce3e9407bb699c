using System.Numerics;
using StyleGanSharp.Networks.Checkpoints.PyTorch;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.StyleGan2;

namespace StyleGanSharp.Networks.Checkpoints.TensorFlow;

/// <summary>
/// Networks of StyleGAN2 and StyleGAN2-ADA as their TensorFlow programs save them: options and the place of every variable. Sizes
/// are checked against the variables that are really there, so that options alone cannot ask for memory.
/// </summary>
/// <remarks>
/// Generator: <c>dlatent_avg</c> is <c>mapping.w_avg</c>; of the mapping network, <c>LabelConcat</c> is <c>mapping.label</c>,
/// <c>LabelEmbed</c> <c>mapping.embed</c>, <c>DenseN</c> <c>mapping.fcN</c>; of the synthesis network, <c>4x4/Const/const</c> is
/// <c>b4.const</c>, <c>4x4/Conv</c> <c>b4.conv1</c>, <c>RxR/Conv0_up</c> (its kernel turned around) and <c>RxR/Conv1</c>
/// <c>bR.conv0</c> and <c>bR.conv1</c>, <c>RxR/Skip</c> <c>bR.skip</c>, <c>RxR/ToRGB</c> or <c>ToRGB_lodN</c> <c>bR.torgb</c>;
/// within a layer, <c>mod_weight</c>, <c>mod_bias</c> (plus 1), <c>noiseN</c> are <c>affine.weight</c>, <c>affine.bias</c>,
/// <c>noise_const</c>. Discriminator: <c>RxR/FromRGB</c> or <c>FromRGB_lodN</c>, <c>RxR/Conv0</c>, <c>RxR/Conv1_down</c>,
/// <c>RxR/Skip</c> are <c>bR.fromrgb</c>, <c>bR.conv0</c>, <c>bR.conv1</c>, <c>bR.skip</c>; <c>4x4/Conv</c>, <c>4x4/Dense0</c>,
/// <c>Output</c> are <c>b4.conv</c>, <c>b4.fc</c>, <c>b4.out</c>; <c>LabelEmbed</c>, <c>MappingN</c> are <c>mapping.embed</c>,
/// <c>mapping.fcN</c>. The programs add the demodulation's epsilon to weights that are scaled for equalised learning rate, and
/// this one to weights that are not: a relative difference below 1e-8 for styles of ordinary size.
/// </remarks>
internal static class TfStyleGan2Reader
{
    private static readonly string[] SynthesisFunctions =
        ["G_synthesis_stylegan2", "G_synthesis_stylegan_revised", "G_synthesis"];

    internal static bool IsGenerator(TfNetworkRecord record) => record.BuildFunction == "G_main"
        && record.Components.TryGetValue("synthesis", out TfNetworkRecord? synthesis)
        && SynthesisFunctions.Contains(synthesis.BuildFunction);

    internal static bool IsDiscriminator(TfNetworkRecord record) =>
        record.BuildFunction is "D_stylegan2" or "D_stylegan" or "D_main";

    /// <summary>Whether the network was grown progressively (configurations B to D).</summary>
    internal static bool IsGrowing(TfNetworkRecord record) =>
        record.BuildFunction == "D_stylegan"
        || (record.Components.TryGetValue("synthesis", out TfNetworkRecord? synthesis)
            && synthesis.BuildFunction == "G_synthesis_stylegan_revised");

    /// <summary>Whether it is of StyleGAN2-ADA's program, which has other defaults.</summary>
    internal static bool IsAda(TfNetworkRecord record) =>
        record.BuildFunction == "D_main"
        || (record.Components.TryGetValue("synthesis", out TfNetworkRecord? synthesis)
            && synthesis.BuildFunction == "G_synthesis");

    internal static GeneratorOptions Generator(TfOptions o)
    {
        TfVariables synthesis = o.Component("synthesis"), mapping = o.Component("mapping");
        bool grows = IsGrowing(o.Record);
        int wDim = o.Int("dlatent_size", 512, 1, TfOptions.MaxFeatures), zDim = o.Int(
            "latent_size", 512, 1, TfOptions.MaxFeatures);
        int cDim = o.Int("label_size", 0, 0, TfOptions.MaxFeatures);
        (int resolution, int? firstWidth, int? firstHeight) = Size(o, synthesis);
        var options = new GeneratorOptions
        {
            ZDim = zDim,
            CDim = cDim,
            WDim = wDim,
            Resolution = resolution,
            FirstWidth = firstWidth,
            FirstHeight = firstHeight,
            ImageChannels = o.Int("num_channels", IsAda(o.Record) ? 3 : 1, 1, TfOptions.MaxFeatures),
            Mapping = Mapping(o, mapping, zDim, cDim),
            ChannelBase = ChannelBase(o),
            ChannelMax = o.Int("fmap_max", 512, 1, TfOptions.MaxFeatures),
            Architecture = grows ? Architecture.Skip : ParseArchitecture(o, "skip"),
            ResampleFilter = o.Taps("resample_kernel", FilterTaps.Default, FilterTaps.Default),
            ConvClamp = o.OptionalDouble("conv_clamp"),
            UseNoise = synthesis.Has("noise0"),
            Activation = o.Activation("nonlinearity"),
            NumFp16Res = o.Int("num_fp16_res", 0, 0, TfOptions.MaxLayers),
        };
        foreach (int r in ChannelRule.Resolutions(options.Resolution))
        {
            int channels = options.Channels.At(r);
            synthesis.Require($"{Second(r)}/weight", 3, 3, channels, channels);
            synthesis.Require($"{Second(r)}/mod_weight", wDim, channels);
            if (options.UseNoise)
            {
                synthesis.Require($"noise{NoiseIndex(r)}", 1, 1, options.HeightAt(r), options.WidthAt(r));
            }
        }

        return options;
    }

    // Official networks are square. Those of community programs grow from a constant of another shape, which decides; the blocks
    // are named by powers of two all the same.
    private static (int Resolution, int? FirstWidth, int? FirstHeight) Size(TfOptions o, TfVariables synthesis)
    {
        const int First = 4, MaxFirst = 1 << 6;
        IReadOnlyList<long> constant = synthesis.Shape("4x4/Const/const", 4);
        (long height, long width) = (constant[2], constant[3]);
        int resolution = First;
        if ((height, width) == (First, First))
        {
            resolution = o.Resolution(First);
        }
        else if (height is < 1 or > MaxFirst || width is < 1 or > MaxFirst)
        {
            throw synthesis.Error($"the constant is {width}x{height}, expected at most {MaxFirst}x{MaxFirst}");
        }
        else
        {
            while (resolution < StyleGan2Reader.MaxResolution && synthesis.Has($"{Second(resolution * 2)}/weight"))
            {
                resolution *= 2;
            }
        }

        (long pixelsWide, long pixelsHigh) = (width * resolution / First, height * resolution / First);
        foreach ((string option, long size) in new[] { ("resolution_w", pixelsWide), ("resolution_h", pixelsHigh) })
        {
            if (o.OptionalInt(option, 1, int.MaxValue) is int claimed && claimed != size)
            {
                throw synthesis.Error($"the option '{option}' is {claimed}, but the constant grows to {pixelsWide}x{pixelsHigh}");
            }
        }

        return (height, width) == (First, First) ? (resolution, null, null) : (resolution, (int)width, (int)height);
    }

    internal static TfWeights GeneratorWeights(TfOptions o, GeneratorOptions options)
    {
        TfVariables own = o.Variables(), synthesis = o.Component("synthesis"), mapping = o.Component("mapping");
        bool grows = IsGrowing(o.Record);
        var weights = new TfWeights();
        weights.Add("mapping.w_avg", own, "dlatent_avg", TfLayout.Same);
        synthesis.Skip("lod"); // A copy of the generator's, which networks that do not grow have too.
        if (grows)
        {
            weights.Add("lod", own, "lod", TfLayout.Same);
        }

        own.Skip("lod");
        if (options.CDim > 0 && options.Mapping.LabelInput == LabelInput.Concatenated)
        {
            weights.Add("mapping.label.weight", mapping, "LabelConcat/weight", TfLayout.Dense);
        }
        else if (options.CDim > 0)
        {
            weights.Layer("mapping.embed", mapping, "LabelEmbed", TfLayout.Dense);
        }

        for (int i = 0; i < options.Mapping.NumLayers; i++)
        {
            weights.Layer($"mapping.fc{i}", mapping, $"Dense{i}", TfLayout.Dense);
        }

        weights.Add("synthesis.b4.const", synthesis, "4x4/Const/const", TfLayout.Constant);
        foreach (int r in ChannelRule.Resolutions(options.Resolution))
        {
            string block = $"synthesis.b{r}";
            if (r > 4)
            {
                Modulated($"{block}.conv0", $"{r}x{r}/Conv0_up", TfLayout.FlippedConvolution, NoiseIndex(r) - 1);
            }

            Modulated($"{block}.conv1", Second(r), TfLayout.Convolution, NoiseIndex(r));
            if (r > 4 && options.Architecture == Architecture.Resnet)
            {
                weights.Add($"{block}.skip.weight", synthesis, $"{r}x{r}/Skip/weight", TfLayout.Convolution);
            }

            if (options.Architecture == Architecture.Skip || r == options.Resolution)
            {
                Modulated($"{block}.torgb", grows
                    ? $"ToRGB_lod{Level(r, options.Resolution)}" : $"{r}x{r}/ToRGB", TfLayout.Convolution, null);
            }
        }

        return weights;

        void Modulated(string target, string variable, Func<Torch.Tensor, Torch.Tensor> layout, int? noise)
        {
            weights.Layer(target, synthesis, variable, layout);
            weights.Add($"{target}.affine.weight", synthesis, $"{variable}/mod_weight", TfLayout.Dense);
            weights.Add($"{target}.affine.bias", synthesis, $"{variable}/mod_bias", TfLayout.PlusOne);
            if (noise is int index && options.UseNoise)
            {
                weights.Add($"{target}.noise_const", synthesis, $"noise{index}", TfLayout.Noise);
                weights.Add($"{target}.noise_strength", synthesis, $"{variable}/noise_strength", TfLayout.Same);
            }
        }
    }

    internal static DiscriminatorOptions Discriminator(TfOptions o)
    {
        TfVariables variables = o.Variables();
        bool grows = IsGrowing(o.Record), ada = IsAda(o.Record);
        int cDim = o.Int("label_size", 0, 0, TfOptions.MaxFeatures), channelBase = ChannelBase(o);
        int channelMax = o.Int("fmap_max", 512, 1, TfOptions.MaxFeatures), last = new ChannelRule(
            channelBase / 2.0, 1, channelMax).At(4);
        int? group = ada && o.Find("mbstd_group_size") is null ? null : o.Int("mbstd_group_size", 4, 0, int.MaxValue);
        var options = new DiscriminatorOptions
        {
            CDim = cDim,
            Resolution = o.Resolution(8),
            ImageChannels = o.Int("num_channels", ada ? 3 : 1, 1, TfOptions.MaxFeatures),
            Architecture = grows ? Architecture.Orig : ParseArchitecture(o, "resnet"),
            ChannelBase = channelBase,
            ChannelMax = channelMax,
            ConvClamp = o.OptionalDouble("conv_clamp"),
            LabelOutput = ada ? LabelOutput.Projected : LabelOutput.Selected,
            CMapDim = cDim > 0 ? (int)variables.Shape("Output/weight", 2)[1] : null,
            ResampleFilter = o.Taps("resample_kernel", FilterTaps.Default, FilterTaps.Default),
            Activation = o.Activation("nonlinearity"),
            MbStdGroupSize = group,
            MbStdNumChannels = group is null or > 1 ? o.Int("mbstd_num_features", 1, 0, TfOptions.MaxFeatures) : 0,
            Mapping = new MappingOptions
            {
                NumLayers = o.Int("mapping_layers", 0, 0, TfOptions.MaxLayers),
                EmbedFeatures = ada && cDim > 0 ? (int)variables.Shape("LabelEmbed/weight", 2)[1] : null,
                LayerFeatures = o.OptionalInt("mapping_fmaps", 1, TfOptions.MaxFeatures) ?? last,
                LrMultiplier = o.Double("mapping_lrmul", 0.1),
                WAvgBeta = null,
            },
            NumFp16Res = o.Int("num_fp16_res", 0, 0, TfOptions.MaxLayers),
        };
        foreach (int r in ChannelRule.Resolutions(options.Resolution).Where(r => r > 4))
        {
            int channels = options.Channels.At(r);
            variables.Require($"{r}x{r}/Conv0/weight", 3, 3, channels, channels);
        }

        // The program has twice as many features here where 4x4 has fewer than the limit; no official network is that thin.
        variables.Require("4x4/Dense0/weight", 16 * last, last);
        return options;
    }

    internal static TfWeights DiscriminatorWeights(TfOptions o, DiscriminatorOptions options)
    {
        TfVariables variables = o.Variables();
        bool grows = IsGrowing(o.Record);
        var weights = new TfWeights();
        if (grows)
        {
            weights.Add("lod", variables, "lod", TfLayout.Same);
        }

        if (options.CDim > 0 && options.LabelOutput == LabelOutput.Projected)
        {
            weights.Layer("mapping.embed", variables, "LabelEmbed", TfLayout.Dense);
            for (int i = 0; i < options.Mapping.NumLayers; i++)
            {
                weights.Layer($"mapping.fc{i}", variables, $"Mapping{i}", TfLayout.Dense);
            }
        }

        foreach (int r in ChannelRule.Resolutions(options.Resolution))
        {
            if (grows || r == options.Resolution || options.Architecture == Architecture.Skip)
            {
                string colours = grows ? $"FromRGB_lod{Level(r, options.Resolution)}" : $"{r}x{r}/FromRGB";
                weights.Layer($"b{r}.fromrgb", variables, colours, TfLayout.Convolution);
            }

            if (r > 4)
            {
                weights.Layer($"b{r}.conv0", variables, $"{r}x{r}/Conv0", TfLayout.Convolution);
                weights.Layer($"b{r}.conv1", variables, $"{r}x{r}/Conv1_down", TfLayout.Convolution);
                if (options.Architecture == Architecture.Resnet)
                {
                    weights.Add($"b{r}.skip.weight", variables, $"{r}x{r}/Skip/weight", TfLayout.Convolution);
                }
            }
        }

        weights.Layer("b4.conv", variables, "4x4/Conv", TfLayout.Convolution);
        weights.Layer("b4.fc", variables, "4x4/Dense0", TfLayout.Dense);
        weights.Layer("b4.out", variables, "Output", TfLayout.Dense);
        return weights;
    }

    private static MappingOptions Mapping(TfOptions o, TfVariables mapping, int zDim, int cDim)
    {
        o.RequireFlag("normalize_latents", true);
        int layers = o.Int("mapping_layers", 8, 1, TfOptions.MaxLayers);
        bool embedded = mapping.Has("LabelEmbed/weight");
        int? embed = embedded ? (int)mapping.Shape("LabelEmbed/weight", 2)[1] : null;
        int inputs = zDim + (cDim == 0 ? 0 : embed ?? zDim);
        mapping.Require("Dense0/weight", inputs, null);
        if (cDim > 0)
        {
            mapping.Require(embedded ? "LabelEmbed/weight" : "LabelConcat/weight", cDim, embed ?? zDim);
        }

        return new MappingOptions
        {
            NumLayers = layers,
            LabelInput = embedded || cDim == 0 ? LabelInput.Embedded : LabelInput.Concatenated,
            EmbedFeatures = embed,
            LayerFeatures = layers > 1 ? (int)mapping.Shape("Dense0/weight", 2)[1] : null,
            Activation = o.Activation("mapping_nonlinearity"),
            LrMultiplier = o.Double("mapping_lrmul", 0.01),
            WAvgBeta = o.Double("dlatent_avg_beta", 0.995),
        };
    }

    // Feature maps are given for the resolution 2.
    private static int ChannelBase(TfOptions o)
    {
        if (o.Double("fmap_decay", 1) != 1 || o.Int("fmap_min", 1, 0, TfOptions.MaxFeatures) > 1)
        {
            throw o.Error("the feature maps follow a rule (fmap_decay, fmap_min) that this program cannot run");
        }

        return o.Int("fmap_base", 16384, 1, int.MaxValue / 2) * 2;
    }

    private static Architecture ParseArchitecture(TfOptions o, string fallback) => o.Text("architecture", fallback) switch
    {
        "skip" => Architecture.Skip,
        "resnet" => Architecture.Resnet,
        "orig" => Architecture.Orig,
        string other => throw o.Error($"the architecture is '{other}', expected skip, resnet or orig"),
    };

    private static string Second(int resolution) => resolution == 4 ? "4x4/Conv" : $"{resolution}x{resolution}/Conv1";

    // Of a resolution's last convolution: 0 at 4x4, 2 at 8x8, 4 at 16x16, ...
    private static int NoiseIndex(int resolution) => 2 * (BitOperations.Log2((uint)resolution) - 2);

    private static int Level(int resolution, int full) => BitOperations.Log2((uint)(full / resolution));
}
