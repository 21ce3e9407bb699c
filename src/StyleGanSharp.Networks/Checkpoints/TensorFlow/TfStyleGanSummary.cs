using StyleGanSharp.Networks.StyleGan2;

namespace StyleGanSharp.Networks.Checkpoints.TensorFlow;

/// <summary>What the record of a StyleGAN or StyleGAN2 network of the TensorFlow programs says about it.</summary>
internal static class TfStyleGanSummary
{
    /// <summary>Adds what is known; null: the network is none of these.</summary>
    internal static NetworkSummary? Read(NetworkSummary summary, string path, TfNetworkRecord network)
    {
        var o = new TfOptions(path, summary.Name, network);
        return TfStyleGan1Reader.IsGenerator(network) ? StyleGan1(summary, o, TfStyleGan1Reader.Generator(o))
            : TfStyleGan1Reader.IsDiscriminator(network) ? StyleGan1(summary, o, TfStyleGan1Reader.Discriminator(o))
            : TfStyleGan2Reader.IsGenerator(network) ? StyleGan2(summary, o, TfStyleGan2Reader.Generator(o))
            : TfStyleGan2Reader.IsDiscriminator(network) ? StyleGan2(summary, o, TfStyleGan2Reader.Discriminator(o))
            : null;
    }

    private static NetworkSummary StyleGan1(NetworkSummary summary, TfOptions o, StyleGan1.GeneratorOptions options) =>
        Networks.StyleGan1.StyleGan1Family.Summary(summary, options) with { Lod = TfSummaryReader.Lod(o.Record) };

    private static NetworkSummary StyleGan1(NetworkSummary summary, TfOptions o, StyleGan1.DiscriminatorOptions options) =>
        summary with
        {
            Kind = NetworkKind.Discriminator,
            CanRun = true,
            Resolution = options.Resolution,
            Channels = options.ImageChannels,
            CDim = options.CDim,
            ChannelBase = options.ChannelBase,
            ChannelMax = options.ChannelMax,
            Lod = TfSummaryReader.Lod(o.Record),
        };

    private static NetworkSummary StyleGan2(NetworkSummary summary, TfOptions o, GeneratorOptions options) =>
        StyleGan2Family.Summary(summary, options) with
        {
            Generation = TfStyleGan2Reader.IsAda(o.Record)
                ? NetworkGeneration.StyleGan2AdaTensorFlow : NetworkGeneration.StyleGan2TensorFlow,
            Architecture = Name(o, options.Architecture),
            Lod = Lod(o),
        };

    private static NetworkSummary StyleGan2(NetworkSummary summary, TfOptions o, DiscriminatorOptions options) => summary with
    {
        Kind = NetworkKind.Discriminator,
        CanRun = true,
        Resolution = options.Resolution,
        Channels = options.ImageChannels,
        CDim = options.CDim,
        MappingLayers = options.CDim > 0 && options.LabelOutput == LabelOutput.Projected ? options.Mapping.NumLayers : null,
        Architecture = Name(o, options.Architecture),
        ChannelBase = options.ChannelBase,
        ChannelMax = options.ChannelMax,
        ConvClamp = options.ConvClamp,
        NumFp16Res = options.NumFp16Res,
        Lod = Lod(o),
    };

    // Networks that do not grow have the variable, too.
    private static double? Lod(TfOptions o) => TfStyleGan2Reader.IsGrowing(o.Record) ? TfSummaryReader.Lod(o.Record) : null;

    // Grown networks have the plain connections of StyleGAN.
    private static string Name(TfOptions o, Architecture architecture) =>
        StyleGan2Family.Text(TfStyleGan2Reader.IsGrowing(o.Record) ? Architecture.Orig : architecture);
}
