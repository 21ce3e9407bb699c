using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Checkpoints.TensorFlow;

/// <summary>Builds networks from records of the time before PyTorch. Which network it is, the building function says.</summary>
internal static class TfLoader
{
    /// <summary>The running average of the trained weights, "G_ema" in later files.</summary>
    internal const string AveragedGenerator = "Gs";

    internal static IGenerator LoadGenerator(SnapshotFile snapshot, string? name)
    {
        string asked = name is null or NetworkLoader.AveragedGenerator ? AveragedGenerator : name;
        (string chosen, TfNetworkRecord record) = Choose(snapshot, asked);
        var options = new TfOptions(snapshot.Path, chosen, record);
        return TfStyleGan1Reader.IsGenerator(record) ? StyleGan1Generator(options)
            : TfStyleGan2Reader.IsGenerator(record) ? StyleGan2Generator(options)
            : throw Unknown(snapshot, chosen, record);
    }

    internal static IDiscriminator LoadDiscriminator(SnapshotFile snapshot, string? name)
    {
        (string chosen, TfNetworkRecord record) = Choose(snapshot, name ?? "D");
        var options = new TfOptions(snapshot.Path, chosen, record);
        return TfStyleGan1Reader.IsDiscriminator(record) ? StyleGan1Discriminator(options)
            : TfStyleGan2Reader.IsDiscriminator(record) ? StyleGan2Discriminator(options)
            : throw Unknown(snapshot, chosen, record);
    }

    private static StyleGan1.Generator StyleGan1Generator(TfOptions o)
    {
        StyleGan1.GeneratorOptions options = TfStyleGan1Reader.Generator(o);
        return Load(o, TfStyleGan1Reader.GeneratorWeights(o, options), () => new StyleGan1.Generator(options, Initializer.ForLoading));
    }

    private static StyleGan1.Discriminator StyleGan1Discriminator(TfOptions o)
    {
        StyleGan1.DiscriminatorOptions options = TfStyleGan1Reader.Discriminator(o);
        return Load(o, TfStyleGan1Reader.DiscriminatorWeights(o, options), () => new StyleGan1.Discriminator(options, Initializer.ForLoading));
    }

    private static IGenerator StyleGan2Generator(TfOptions o)
    {
        GeneratorOptions options = TfStyleGan2Reader.Generator(o);
        TfWeights weights = TfStyleGan2Reader.GeneratorWeights(o, options);
        return TfStyleGan2Reader.IsGrowing(o.Record)
            ? Load(o, weights, () => new GrowingGenerator(options, Initializer.ForLoading))
            : Load(o, weights, () => new Generator(options, Initializer.ForLoading));
    }

    private static IDiscriminator StyleGan2Discriminator(TfOptions o)
    {
        DiscriminatorOptions options = TfStyleGan2Reader.Discriminator(o);
        TfWeights weights = TfStyleGan2Reader.DiscriminatorWeights(o, options);
        return TfStyleGan2Reader.IsGrowing(o.Record)
            ? Load(o, weights, () => new GrowingDiscriminator(options, Initializer.ForLoading))
            : Load(o, weights, () => new Discriminator(options, Initializer.ForLoading));
    }

    private static (string Name, TfNetworkRecord Record) Choose(SnapshotFile snapshot, string name) =>
        snapshot.TfNetworks.TryGetValue(SnapshotSummary.SingleNetwork, out TfNetworkRecord? single) ? ("the network", single)
        : snapshot.TfNetworks.TryGetValue(name, out TfNetworkRecord? found) ? (name, found)
        : throw new SnapshotException(snapshot.Path, $"no network '{name}' in the file, only {string.Join(", ", snapshot.TfNetworks.Keys)}.");

    private static SnapshotException Unknown(SnapshotFile snapshot, string name, TfNetworkRecord record) => new(
        snapshot.Path, $"{name} was built by {Pickle.PickleText.Show(record.BuildFunction)}, which is none of the networks of its kind that this program knows.");

    private static T Load<T>(TfOptions o, TfWeights weights, Func<T> create)
        where T : Module
    {
        T? module = null;
        try
        {
            module = create();
            weights.Fill(module);
            return module;
        }
        catch (Exception e) when (e is LoadException or NotSupportedException or ArgumentException or TorchException or TorchOutOfMemoryException)
        {
            module?.Dispose();
            throw new SnapshotException(o.Path, $"the variables of {o.Name} do not fit its options: {e.Message}.", e);
        }
        catch (SnapshotException)
        {
            module?.Dispose();
            throw;
        }
    }
}
