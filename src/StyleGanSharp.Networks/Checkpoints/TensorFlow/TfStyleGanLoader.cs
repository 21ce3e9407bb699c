using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Checkpoints.TensorFlow;

/// <summary>Builds StyleGAN and StyleGAN2 networks from records of the TensorFlow programs.</summary>
internal static class TfStyleGanLoader
{
    internal static StyleGan1.Generator StyleGan1Generator(string path, string name, TfNetworkRecord network)
    {
        var o = new TfOptions(path, name, network);
        StyleGan1.GeneratorOptions options = TfStyleGan1Reader.Generator(o);
        return Load(o, TfStyleGan1Reader.GeneratorWeights(o, options), () =>
            new StyleGan1.Generator(options, Initializer.ForLoading));
    }

    internal static StyleGan1.Discriminator StyleGan1Discriminator(string path, string name, TfNetworkRecord network)
    {
        var o = new TfOptions(path, name, network);
        StyleGan1.DiscriminatorOptions options = TfStyleGan1Reader.Discriminator(o);
        return Load(o, TfStyleGan1Reader.DiscriminatorWeights(o, options), () =>
            new StyleGan1.Discriminator(options, Initializer.ForLoading));
    }

    internal static IGenerator StyleGan2Generator(string path, string name, TfNetworkRecord network)
    {
        var o = new TfOptions(path, name, network);
        GeneratorOptions options = TfStyleGan2Reader.Generator(o);
        TfWeights weights = TfStyleGan2Reader.GeneratorWeights(o, options);
        return TfStyleGan2Reader.IsGrowing(o.Record)
            ? Load(o, weights, () => new GrowingGenerator(options, Initializer.ForLoading))
            : Load(o, weights, () => new Generator(options, Initializer.ForLoading));
    }

    internal static IDiscriminator StyleGan2Discriminator(string path, string name, TfNetworkRecord network)
    {
        var o = new TfOptions(path, name, network);
        DiscriminatorOptions options = TfStyleGan2Reader.Discriminator(o);
        TfWeights weights = TfStyleGan2Reader.DiscriminatorWeights(o, options);
        return TfStyleGan2Reader.IsGrowing(o.Record)
            ? Load(o, weights, () => new GrowingDiscriminator(options, Initializer.ForLoading))
            : Load(o, weights, () => new Discriminator(options, Initializer.ForLoading));
    }

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
        catch (Exception e) when (
            e is LoadException or NotSupportedException or ArgumentException or TorchException or TorchOutOfMemoryException)
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
