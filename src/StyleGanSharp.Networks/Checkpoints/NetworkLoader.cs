using StyleGanSharp.Networks.Checkpoints.Pickle;
using StyleGanSharp.Networks.Checkpoints.Rosinality;
using StyleGanSharp.Networks.Checkpoints.TensorFlow;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Checkpoints;

/// <summary>Builds networks from snapshots: architecture and values both come from the file.</summary>
public static class NetworkLoader
{
    /// <summary>The network that pictures are made with: the running average of the trained weights.</summary>
    public const string AveragedGenerator = "G_ema";

    /// <summary>The same in files of the time before PyTorch.</summary>
    public const string AveragedGeneratorBefore = "Gs";

    /// <summary>Builds a generator.</summary>
    /// <param name="snapshot">The file.</param>
    /// <param name="name">Which of its networks; null: the averaged generator, or the only network there is.</param>
    /// <exception cref="SnapshotException">The network is missing, of an unknown kind, or its tensors do not fit its options.</exception>
    public static IGenerator LoadGenerator(SnapshotFile snapshot, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (snapshot.TfNetworks.Count > 0)
        {
            (string role, TfNetworkRecord network) = ChooseBefore(snapshot, name ?? AveragedGeneratorBefore);
            return ProGanReader.IsGenerator(network) ? ProGanLoader.Generator(snapshot.Path, role, network)
                : TfStyleGan1Reader.IsGenerator(network) ? TfStyleGanLoader.StyleGan1Generator(snapshot.Path, role, network)
                : TfStyleGan2Reader.IsGenerator(network) ? TfStyleGanLoader.StyleGan2Generator(snapshot.Path, role, network)
                : throw new SnapshotException(snapshot.Path, Describe(role, network));
        }

        if (RosinalityReader.IsGenerator(snapshot))
        {
            return RosinalityReader.Generator(snapshot, name);
        }

        (string chosen, ModuleRecord record) = Choose(snapshot, name ?? AveragedGenerator);
        if (StyleGan2Reader.IsGenerator(record))
        {
            GeneratorOptions options = StyleGan2Reader.Generator(snapshot.Path, chosen, record);
            return Load(snapshot.Path, chosen, record, () => new Generator(options, Initializer.ForLoading));
        }

        if (StyleGan3Reader.IsGenerator(record))
        {
            StyleGan3.GeneratorOptions options = StyleGan3Reader.Generator(snapshot.Path, chosen, record);
            return Load(snapshot.Path, chosen, record, () => new StyleGan3.Generator(options, Initializer.ForLoading));
        }

        throw new SnapshotException(snapshot.Path, Describe(chosen, record));
    }

    /// <summary>Builds the discriminator.</summary>
    /// <inheritdoc cref="LoadGenerator"/>
    public static IDiscriminator LoadDiscriminator(SnapshotFile snapshot, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (snapshot.TfNetworks.Count > 0)
        {
            (string role, TfNetworkRecord network) = ChooseBefore(snapshot, name ?? "D");
            return ProGanReader.IsDiscriminator(network) ? ProGanLoader.Discriminator(snapshot.Path, role, network)
                : TfStyleGan1Reader.IsDiscriminator(network) ? TfStyleGanLoader.StyleGan1Discriminator(snapshot.Path, role, network)
                : TfStyleGan2Reader.IsDiscriminator(network) ? TfStyleGanLoader.StyleGan2Discriminator(snapshot.Path, role, network)
                : throw new SnapshotException(snapshot.Path, Describe(role, network));
        }

        (string chosen, ModuleRecord record) = Choose(snapshot, name ?? "D");
        if (!StyleGan2Reader.IsDiscriminator(record))
        {
            throw new SnapshotException(snapshot.Path, Describe(chosen, record));
        }

        DiscriminatorOptions options = StyleGan2Reader.Discriminator(snapshot.Path, chosen, record);
        return Load(snapshot.Path, chosen, record, () => new Discriminator(options, Initializer.ForLoading));
    }

    private static (string Name, ModuleRecord Record) Choose(SnapshotFile snapshot, string name) =>
        snapshot.Root is ModuleRecord root ? ("the network", root) : (name, snapshot.Module(name));

    private static (string Name, TfNetworkRecord Record) ChooseBefore(SnapshotFile snapshot, string name) =>
        snapshot.TfNetworks.TryGetValue(SnapshotSummary.SingleNetwork, out TfNetworkRecord? single) ? ("the network", single)
        : snapshot.TfNetworks.TryGetValue(name, out TfNetworkRecord? found) ? (name, found)
        : throw new SnapshotException(snapshot.Path, $"no network '{name}' in the file, only {string.Join(", ", snapshot.TfNetworks.Keys)}.");

    private static string Describe(string name, TfNetworkRecord network) =>
        $"{name} is a network of the time before PyTorch built by {PickleText.Show(network.BuildFunction)}, which this version cannot run.";

    private static string Describe(string name, ModuleRecord record) =>
        $"{name} is a {record.ClassName}, which is none of the networks this program knows.";

    private static T Load<T>(string path, string name, ModuleRecord record, Func<T> create)
        where T : Module
    {
        var tensors = record.NamedTensors().ToDictionary(t => t.Name, t => t.Tensor);
        T? module = null;
        try
        {
            module = create();
            module.Load(tensors.ToDictionary(t => t.Key, t => t.Value.Shape), (tensor, target) => target.CopyInPlace(tensors[tensor].ToTensor()));
            return module;
        }
        catch (Exception e) when (e is LoadException or NotSupportedException or TorchOutOfMemoryException)
        {
            module?.Dispose();
            throw new SnapshotException(path, $"the tensors of {name} do not fit its options: {e.Message}.", e);
        }
    }
}
