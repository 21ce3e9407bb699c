using StyleGanSharp.Networks.Checkpoints.Pickle;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Checkpoints.TensorFlow;

/// <summary>Which variable of a TensorFlow network goes where in a network of ours.</summary>
internal sealed class TfWeights
{
    // Prepared from the options; files of TensorFlow do not hold them.
    private static readonly string[] FilterBuffers = ["resample_filter", "blur_filter"];

    private readonly Dictionary<string, (NumpyArray Array, Func<Tensor, Tensor> Layout)> sources = [];
    private readonly List<TfVariables> networks = [];

    /// <summary>Adds one tensor.</summary>
    internal void Add(string target, TfVariables network, string variable, Func<Tensor, Tensor> layout)
    {
        if (!networks.Contains(network))
        {
            networks.Add(network);
        }

        sources.Add(target, (network.Take(variable), layout));
    }

    /// <summary>Adds a layer's <c>weight</c> and <c>bias</c>.</summary>
    internal void Layer(string target, TfVariables network, string variable, Func<Tensor, Tensor> layout)
    {
        Add($"{target}.weight", network, $"{variable}/weight", layout);
        Add($"{target}.bias", network, $"{variable}/bias", TfLayout.Same);
    }

    /// <summary>Fills a module; every variable must have its place and every tensor its variable.</summary>
    /// <exception cref="SnapshotException">Variables are left over.</exception>
    /// <exception cref="LoadException">Tensors are missing, or have another shape.</exception>
    internal void Fill(Module module)
    {
        foreach (TfVariables network in networks)
        {
            if (network.Rest.FirstOrDefault() is string left)
            {
                throw network.Error($"the variable {PickleText.Show(left)} has no place in a network of its options");
            }
        }

        var filters = module.NamedBuffers().Where(
            b => Array.Exists(FilterBuffers, f => b.Name.EndsWith(f, StringComparison.Ordinal)))
            .ToDictionary(b => b.Name, b => b.Value);
        module.Load([.. sources.Keys, .. filters.Keys], name =>
            filters.TryGetValue(name, out Tensor? filter) ? filter : Read(name));
    }

    private Tensor Read(string name)
    {
        (NumpyArray array, Func<Tensor, Tensor> layout) = sources[name];
        return layout(array.ToTensor());
    }
}
