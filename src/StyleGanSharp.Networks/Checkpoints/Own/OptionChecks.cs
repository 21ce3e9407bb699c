using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.StyleGan3;

namespace StyleGanSharp.Networks.Checkpoints.Own;

/// <summary>Whether the options of each family can belong to the tensors of a file.</summary>
internal static class OptionChecks
{
    private const int MaxKernel = 31;
    private const int MaxFirstSize = 1 << 6;
    private const int MaxMargin = 1 << 8;
    private const int MaxFilterSize = 1 << 8;
    private const int MaxUpsampling = 8;
    private const double MaxDecay = 16;
    private const double LeastMultiplier = 1e-6;

    public static void StyleGan2(StyleGan2.GeneratorOptions options, StoredTensors stored)
    {
        stored.IsResolution(options.Resolution);
        stored.InRange("channel_base", options.ChannelBase, options.Resolution, int.MaxValue);
        stored.InRange("channel_max", options.ChannelMax, 1, StoredTensors.MaxFeatures);
        stored.InRange("image_channels", options.ImageChannels, 1, StoredTensors.MaxFeatures);
        stored.InRange("kernel_size", options.KernelSize, 1, MaxKernel);
        stored.InRange("num_fp16_res", options.NumFp16Res, 0, StoredTensors.MaxLayers);
        IsLimit(options.ConvClamp, stored);
        Mapping(options.ZDim, options.CDim, options.WDim, options.Mapping, stored);
        stored.IsFilter("resample_filter", options.ResampleFilter, least: 1);
        stored.InRange("first_width", options.FirstWidth ?? 4, 1, MaxFirstSize);
        stored.InRange("first_height", options.FirstHeight ?? 4, 1, MaxFirstSize);
        stored.Require("synthesis.b4.const", null, options.HeightAt(4), options.WidthAt(4));
        int below = 0;
        foreach (int r in Networks.StyleGan2.ChannelRule.Resolutions(options.Resolution))
        {
            int channels = Networks.StyleGan2.ChannelRule.Channels(r, options.ChannelBase, options.ChannelMax);
            string block = $"synthesis.b{r}";
            stored.Require($"{block}.conv1.weight", channels, channels, options.KernelSize, options.KernelSize);
            stored.Require($"{block}.conv1.affine.weight", channels, options.WDim);
            if (options.UseNoise)
            {
                stored.Require($"{block}.conv1.noise_const", options.HeightAt(r), options.WidthAt(r));
            }

            if (below > 0)
            {
                stored.Require($"{block}.conv0.weight", channels, below, options.KernelSize, options.KernelSize);
            }

            below = channels;
        }

        stored.Require($"synthesis.b{options.Resolution}.torgb.weight", options.ImageChannels, below, 1, 1);
    }

    public static void StyleGan2Growing(StyleGan2.GeneratorOptions options, StoredTensors stored)
    {
        StyleGan2(options, stored);
        foreach (int r in Networks.StyleGan2.ChannelRule.Resolutions(options.Resolution))
        {
            int channels = Networks.StyleGan2.ChannelRule.Channels(r, options.ChannelBase, options.ChannelMax);
            stored.Require($"synthesis.b{r}.torgb.weight", options.ImageChannels, channels, 1, 1);
        }
    }

    public static void StyleGan3(GeneratorOptions options, StoredTensors stored)
    {
        stored.IsResolution(options.Resolution);
        stored.InRange("channel_base", options.ChannelBase, 1, int.MaxValue);
        stored.InRange("channel_max", options.ChannelMax, 1, StoredTensors.MaxFeatures);
        stored.InRange("image_channels", options.ImageChannels, 1, StoredTensors.MaxFeatures);
        stored.InRange("num_layers", options.NumLayers, 1, StoredTensors.MaxLayers);
        stored.InRange("num_critical", options.NumCritical, 0, options.NumLayers - 1);
        stored.InRange("margin_size", options.MarginSize, 0, MaxMargin);
        stored.InRange("kernel_size", options.KernelSize, 1, MaxKernel);
        stored.InRange("filter_size", options.FilterSize, 1, MaxFilterSize);
        stored.InRange("lrelu_upsampling", options.LreluUpsampling, 1, MaxUpsampling);
        stored.InRange("num_fp16_res", options.NumFp16Res, 0, StoredTensors.MaxLayers);
        stored.InRange("first_cutoff", options.FirstCutoff, 0, double.MaxValue);
        stored.InRange("first_stopband", options.FirstStopband, 0, double.MaxValue);
        stored.InRange("last_stopband_rel", options.LastStopbandRel, 0, double.MaxValue);
        stored.InRange("output_scale", options.OutputScale, -double.MaxValue, double.MaxValue);
        stored.InRange("magnitude_ema_beta", options.MagnitudeEmaBeta, 0, 1);
        IsLimit(options.ConvClamp, stored);
        Mapping(options.ZDim, options.CDim, options.WDim, options.Mapping, stored);
        IReadOnlyList<LayerGeometry> layers;
        try
        {
            layers = LayerGeometry.Of(options);
        }
        catch (Exception e) when (e is ArgumentException or OverflowException)
        {
            throw stored.Error($"the options make no network: {e.Message.TrimEnd('.')}");
        }

        stored.Require("synthesis.input.freqs", layers[0].InChannels, 2);
        foreach (LayerGeometry layer in layers)
        {
            string part = $"synthesis.{layer.Name}";
            stored.Require($"{part}.weight", layer.OutChannels, layer.InChannels, layer.KernelSize, layer.KernelSize);
            stored.Require($"{part}.affine.weight", layer.InChannels, options.WDim);
            if (layer.UpTaps > 1)
            {
                stored.Require($"{part}.up_filter", layer.UpTaps);
            }

            if (layer.DownTaps > 1)
            {
                stored.Require($"{part}.down_filter", layer.DownRadial ? [layer.DownTaps, layer.DownTaps] : [layer.DownTaps]);
            }
        }
    }

    public static void ProGan(ProGan.GeneratorOptions options, StoredTensors stored)
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
        foreach (int r in Ops.LevelOfDetail.Resolutions(options.Resolution))
        {
            int channels = options.Channels.Channels(r);
            stored.InRange("channels", channels, 1, StoredTensors.MaxFeatures);
            stored.Require(r == 4 ? "b4.conv.weight" : $"b{r}.conv1.weight", channels, channels, 3, 3);
            stored.Require($"b{r}.torgb.weight", options.ImageChannels, channels, 1, 1);
        }
    }

    public static void StyleGan1(StyleGan1.GeneratorOptions options, StoredTensors stored)
    {
        stored.IsResolution(options.Resolution);
        stored.InRange("channel_base", options.ChannelBase, 2, int.MaxValue);
        stored.InRange("channel_decay", options.ChannelDecay, 0, MaxDecay);
        stored.InRange("channel_max", options.ChannelMax, 1, StoredTensors.MaxFeatures);
        stored.InRange("image_channels", options.ImageChannels, 1, StoredTensors.MaxFeatures);
        stored.IsFilter("blur_filter", options.BlurFilter, least: 0);
        StyleGan1Mapping(options, stored);
        int below = 0;
        foreach (int r in Networks.StyleGan2.ChannelRule.Resolutions(options.Resolution))
        {
            int channels = options.Features.At(r);
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

    private static void StyleGan1Mapping(StyleGan1.GeneratorOptions options, StoredTensors stored)
    {
        stored.InRange("z_dim", options.ZDim, 1, StoredTensors.MaxFeatures);
        stored.InRange("c_dim", options.CDim, 0, StoredTensors.MaxFeatures);
        stored.InRange("w_dim", options.WDim, 1, StoredTensors.MaxFeatures);
        stored.InRange("mapping_layers", options.MappingLayers, 0, StoredTensors.MaxLayers);
        stored.InRange("mapping_features", options.MappingFeatures, 1, StoredTensors.MaxFeatures);
        stored.InRange("mapping_lr_multiplier", options.MappingLrMultiplier, LeastMultiplier, 1 / LeastMultiplier);
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

    private static void Mapping(int zDim, int cDim, int wDim, MappingOptions options, StoredTensors stored)
    {
        stored.InRange("z_dim", zDim, 0, StoredTensors.MaxFeatures);
        stored.InRange("c_dim", cDim, 0, StoredTensors.MaxFeatures);
        stored.InRange("w_dim", wDim, 1, StoredTensors.MaxFeatures);
        stored.InRange("mapping.num_layers", options.NumLayers, 1, StoredTensors.MaxLayers);
        stored.InRange("mapping.lr_multiplier", options.LrMultiplier, LeastMultiplier, 1 / LeastMultiplier);
        stored.InRange("mapping.w_avg_beta", options.WAvgBeta ?? 0, 0, 1);
        bool concatenated = options.LabelInput == LabelInput.Concatenated;
        int embedded = cDim == 0 ? 0 : concatenated ? zDim : options.EmbedFeatures ?? wDim;
        if (cDim > 0 && concatenated)
        {
            stored.Require("mapping.label.weight", embedded, cDim);
        }
        else if (cDim > 0)
        {
            stored.Require("mapping.embed.weight", embedded, cDim);
        }

        int inner = options.LayerFeatures ?? wDim;
        for (int i = 0; i < options.NumLayers; i++)
        {
            stored.Require($"mapping.fc{i}.weight", i == options.NumLayers - 1 ? wDim : inner, i == 0 ? zDim + embedded : inner);
        }
    }

    private static void IsLimit(double? clamp, StoredTensors stored) => stored.InRange("conv_clamp", clamp ?? 1, 0, double.MaxValue);
}
