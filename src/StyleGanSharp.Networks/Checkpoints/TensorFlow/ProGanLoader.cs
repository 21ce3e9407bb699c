using StyleGanSharp.Networks.ProGan;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Checkpoints.TensorFlow;

/// <summary>Builds ProGAN networks from records.</summary>
internal static class ProGanLoader
{
    public static Generator Generator(string path, string name, TfNetworkRecord network)
    {
        GeneratorOptions options = ProGanReader.Generator(path, name, network);
        ProGanLayer[] layers = [.. ProGanLayers.Of(options, ProGanReader.FusedScale(path, name, network))];
        var weights = new ProGanWeights(path, name, network);

        // Theano files have the colours last, from the finest on.
        weights = network.Version is null
            ? weights.Theano([.. layers.Where(l => !IsColour(l)), .. layers.Where(IsColour).Reverse()], options.UseWeightScale)
            : weights.TensorFlow(layers);
        return Load(path, name, weights, () => new Generator(options, Initializer.ForLoading));
    }

    public static Discriminator Discriminator(string path, string name, TfNetworkRecord network)
    {
        DiscriminatorOptions options = ProGanReader.Discriminator(path, name, network);
        IEnumerable<ProGanLayer> layers = ProGanLayers.Of(options);
        var weights = new ProGanWeights(path, name, network);
        weights = network.Version is null ? weights.Theano(layers, options.UseWeightScale) : weights.TensorFlow(layers);
        return Load(path, name, weights, () => new Discriminator(options, Initializer.ForLoading));
    }

    private static bool IsColour(ProGanLayer layer) => layer.Name.EndsWith(".torgb", StringComparison.Ordinal);

    private static T Load<T>(string path, string name, ProGanWeights weights, Func<T> create)
        where T : Module
    {
        T? module = null;
        try
        {
            module = create();
            module.Load([.. weights.Sources.Keys], tensor => weights.Sources[tensor]());
            return module;
        }
        catch (Exception e) when (e is LoadException or NotSupportedException or ArgumentException or TorchOutOfMemoryException)
        {
            module?.Dispose();
            throw new SnapshotException(path, $"the variables of {name} do not fit its options: {e.Message}.", e);
        }
    }
}
