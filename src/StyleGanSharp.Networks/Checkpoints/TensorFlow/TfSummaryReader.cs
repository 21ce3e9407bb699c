using StyleGanSharp.Networks.Checkpoints.Pickle;
using StyleGanSharp.Networks.ProGan;

namespace StyleGanSharp.Networks.Checkpoints.TensorFlow;

/// <summary>Finds out what a network of the time before PyTorch is.</summary>
internal static class TfSummaryReader
{
    internal static NetworkSummary Read(string path, string name, TfNetworkRecord network)
    {
        var summary = new NetworkSummary
        {
            Name = name,
            ClassName = PickleText.Show(network.BuildFunction),
            Tensors =
            [.. Tensors(network, "")]
        };
        try
        {
            return ProGanReader.IsGenerator(network) ? ProGanGenerator(summary, path, network)
                : ProGanReader.IsDiscriminator(network) ? ProGanDiscriminator(summary, path, network)
                : TfStyleGanSummary.Read(summary, path, network) ?? summary;
        }
        catch (SnapshotException e)
        {
            // What is wrong with one network must not hide the others.
            return summary with { Problem = e.Message[(path.Length + 2)..] };
        }
    }

    private static NetworkSummary ProGanGenerator(NetworkSummary summary, string path, TfNetworkRecord network) =>
        ProGanFamily.Summary(summary, ProGanReader.Generator(path, summary.Name, network)) with { Lod = Lod(network) };

    private static NetworkSummary ProGanDiscriminator(NetworkSummary summary, string path, TfNetworkRecord network)
    {
        DiscriminatorOptions options = ProGanReader.Discriminator(path, summary.Name, network);
        return summary with
        {
            Kind = NetworkKind.Discriminator,
            CanRun = true,
            Resolution = options.Resolution,
            Channels = options.ImageChannels,
            CDim = options.CDim,
            ChannelBase = options.Channels.ChannelBase,
            ChannelMax = options.Channels.Max,
            Lod = Lod(network),
        };
    }

    /// <summary>Where a growing network stands; null: it has no such variable.</summary>
    internal static double? Lod(TfNetworkRecord network) =>
        (network.Variables.GetValueOrDefault("lod")
            ?? network.Variables.GetValueOrDefault($"{TfNetworkRecord.TheanoTopLevel}cur_lod")) is { Count: 1 } lod
            ? lod.ToDoubles()[0]
            : null;

    private static IEnumerable<TensorSummary> Tensors(TfNetworkRecord network, string prefix)
    {
        foreach ((string variable, NumpyArray value) in network.Variables)
        {
            yield return new TensorSummary(prefix + variable, KindOf(network, variable, value), value.Element, value.Shape);
        }

        foreach ((string role, TfNetworkRecord component) in network.Components)
        {
            foreach (TensorSummary tensor in Tensors(component, $"{prefix}{role}/"))
            {
                yield return tensor;
            }
        }
    }

    // Single numbers of Theano networks are the factors of the equalised learning rate, which stay as they are.
    private static TensorKind KindOf(TfNetworkRecord network, string variable, NumpyArray value) =>
        variable is "lod" or "dlatent_avg" || IsNoise(variable) || (network.Version is null && value.Shape.Count == 0)
            ? TensorKind.Buffer
            : TensorKind.Parameter;

    private static bool IsNoise(string variable) =>
        variable.StartsWith("noise", StringComparison.Ordinal) && variable.Length > 5 && variable[5..].All(char.IsAsciiDigit);
}
