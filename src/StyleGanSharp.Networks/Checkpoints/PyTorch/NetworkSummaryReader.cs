using StyleGanSharp.Networks.StyleGan2;

namespace StyleGanSharp.Networks.Checkpoints.PyTorch;

/// <summary>Finds out what a module record is.</summary>
internal static class NetworkSummaryReader
{
    internal static NetworkSummary Read(string path, string name, ModuleRecord record)
    {
        var summary = new NetworkSummary
        {
            Name = name,
            ClassName = record.ClassName,
            Tensors = [.. record.NamedTensors().Select(t => new TensorSummary(t.Name, t.Kind, t.Tensor.Element, t.Tensor.Shape))],
        };
        try
        {
            return StyleGan2Reader.IsGenerator(record) ? StyleGan2Generator(summary, path, record)
                : StyleGan2Reader.IsDiscriminator(record) ? Discriminator(summary, path, record)
                : StyleGan3Reader.IsGenerator(record)
                ? StyleGan3.StyleGan3Family.Summary(summary, StyleGan3Reader.Generator(path, name, record))
                : record.ClassName == "AugmentPipe" ? Augmentation(summary, record)
                : summary;
        }
        catch (SnapshotException e)
        {
            // What is wrong with one network must not hide the others.
            return summary with { Problem = e.Message[(path.Length + 2)..] };
        }
    }

    private static NetworkSummary StyleGan2Generator(NetworkSummary summary, string path, ModuleRecord record)
    {
        GeneratorOptions options = StyleGan2Reader.Generator(path, summary.Name, record);
        ModuleOptions synthesis = new ModuleOptions(path, summary.Name, record).Child("synthesis");

        // Only the StyleGAN3 program lets the user choose how modulation is computed, and it records that in every block.
        bool later = synthesis.Child("b4").Record.Attributes.ContainsKey("fused_modconv_default");
        return StyleGan2Family.Summary(summary, options) with
        {
            Generation = later ? NetworkGeneration.StyleGan2 : NetworkGeneration.StyleGan2Ada,
            NumWs = synthesis.OptionalInt("num_ws", 1, int.MaxValue),
        };
    }

    private static NetworkSummary Discriminator(NetworkSummary summary, string path, ModuleRecord record)
    {
        DiscriminatorOptions options = StyleGan2Reader.Discriminator(path, summary.Name, record);
        return summary with
        {
            Kind = NetworkKind.Discriminator,
            CanRun = true,
            Resolution = options.Resolution,
            Channels = options.ImageChannels,
            CDim = options.CDim,
            MappingLayers = options.CDim > 0 ? options.Mapping.NumLayers : null,
            Architecture = StyleGan2Family.Text(options.Architecture),
            ChannelBase = options.ChannelBase,
            ChannelMax = options.ChannelMax,
            ConvClamp = options.ConvClamp,
            NumFp16Res = options.NumFp16Res,
        };
    }

    private static NetworkSummary Augmentation(NetworkSummary summary, ModuleRecord record)
    {
        TensorRecord? p = record.Buffers.GetValueOrDefault("p");
        return summary with { Kind = NetworkKind.Augmentation, AugmentP = p?.Count == 1 ? p.ToDoubles()[0] : null };
    }
}
