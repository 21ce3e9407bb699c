using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.StyleGan2;
using ProGanDiscriminator = StyleGanSharp.Networks.ProGan.DiscriminatorOptions;
using ProGanGenerator = StyleGanSharp.Networks.ProGan.GeneratorOptions;
using StyleGan1Discriminator = StyleGanSharp.Networks.StyleGan1.DiscriminatorOptions;
using StyleGan1Generator = StyleGanSharp.Networks.StyleGan1.GeneratorOptions;
using StyleGan3Generator = StyleGanSharp.Networks.StyleGan3.GeneratorOptions;

namespace StyleGanSharp.Training.Options;

/// <summary>The networks that a request describes.</summary>
/// <param name="request">What the user asks for.</param>
/// <param name="preset">What counts where the user says nothing.</param>
/// <param name="data">Size and channels of the pictures.</param>
/// <param name="labels">Size of the label vectors that are used.</param>
/// <param name="batch">Images of an iteration.</param>
/// <param name="group">Samples compared by the minibatch standard deviation.</param>
internal sealed class Architectures(TrainingRequest request, Preset preset, DatasetFacts data, int labels, int batch, int group)
{
    private readonly int channelBase = request.ChannelBase ?? preset.ChannelBase ?? (data.Width >= 512 ? 32768 : 16384);
    private readonly int channelMax = request.ChannelMax ?? preset.ChannelMax;
    private readonly int latentSize = request.LatentSize ?? preset.LatentSize;
    private readonly int mappingLayers = request.MappingLayers ?? preset.MappingLayers;
    private readonly string variant = request.Variant?.ToLowerInvariant() ?? "f";

    /// <summary>How many layers of the discriminator are frozen.</summary>
    internal int FreezeLayers => request.FreezeLayers ?? 0;

    private bool Growing => preset.Growth is not null;

    internal GeneratorOptions StyleGan2() => new()
    {
        Resolution = data.Width,
        ImageChannels = data.Channels,
        CDim = labels,
        ZDim = latentSize,
        WDim = latentSize,
        ChannelBase = channelBase,
        ChannelMax = channelMax,
        ConvClamp = Growing ? null : 256,
        Mapping = new MappingOptions { NumLayers = mappingLayers },
    };

    internal StyleGan3Generator StyleGan3()
    {
        bool rotation = preset.Generator == GeneratorKind.StyleGan3R;
        return new StyleGan3Generator
        {
            Resolution = data.Width,
            ImageChannels = data.Channels,
            CDim = labels,
            ZDim = latentSize,
            WDim = latentSize,
            ChannelBase = rotation ? channelBase * 2 : channelBase,
            ChannelMax = rotation ? channelMax * 2 : channelMax,
            KernelSize = rotation ? 1 : 3,
            UseRadialFilters = rotation,
            MagnitudeEmaBeta = Math.Pow(0.5, batch / 20_000.0),
            Mapping = new MappingOptions { NumLayers = mappingLayers },
        };
    }

    internal DiscriminatorOptions Discriminator() => new()
    {
        Resolution = data.Width,
        ImageChannels = data.Channels,
        CDim = labels,
        ChannelBase = channelBase,
        ChannelMax = channelMax,
        Architecture = preset.Architecture,
        ConvClamp = Growing ? null : 256,
        LabelOutput = Growing ? LabelOutput.Selected : LabelOutput.Projected,
    };

    internal ProGanGenerator ProGan() => new()
    {
        Resolution = data.Width,
        ImageChannels = data.Channels,
        CDim = labels,
        ZDim = latentSize,
        Channels = new(channelBase / 2.0, 1, channelMax),
    };

    // Labels are no input of this one: it guesses them.
    internal ProGanDiscriminator ProGanJudge() => new()
    {
        Resolution = data.Width,
        ImageChannels = data.Channels,
        CDim = labels,
        LabelLogits = labels,
        Channels = new(channelBase / 2.0, 1, channelMax),
        MbStdGroupSize = group > 1 ? group : null,
    };

    // Karras et al. (2019), table 1: B has none of the new parts, C the styles, D the constant input, E the noise (F mixes styles in training).
    internal StyleGan1Generator StyleGan1()
    {
        bool traditional = variant == "b";
        return new StyleGan1Generator
        {
            Resolution = data.Width,
            ImageChannels = data.Channels,
            CDim = labels,
            ZDim = latentSize,
            WDim = traditional && labels > 0 ? 2 * latentSize : latentSize,
            MappingFeatures = latentSize,
            MappingLayers = mappingLayers,
            ChannelBase = channelBase,
            ChannelMax = channelMax,
            UseStyles = !traditional,
            UsePixelNorm = traditional,
            UseInstanceNorm = !traditional,
            ConstInput = variant is "d" or "e" or "f",
            UseNoise = variant is "e" or "f",
            WAvgBeta = traditional ? null : 0.995,
        };
    }

    internal StyleGan1Discriminator StyleGan1Judge() => new()
    {
        Resolution = data.Width,
        ImageChannels = data.Channels,
        CDim = labels,
        ChannelBase = channelBase,
        ChannelMax = channelMax,
        MbStdGroupSize = group,
    };
}
