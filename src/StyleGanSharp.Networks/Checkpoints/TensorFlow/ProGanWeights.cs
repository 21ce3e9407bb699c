using StyleGanSharp.Networks.Checkpoints.Pickle;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Checkpoints.TensorFlow;

/// <summary>
/// The variables of ProGAN networks under the names and in the layouts of this library. Every variable must be there in its exact
/// shape, and none may be left over, before anything is built: options alone cannot ask for memory.
/// </summary>
/// <param name="path">The file, for messages.</param>
/// <param name="name">The network, for messages.</param>
/// <param name="network">Its record.</param>
internal sealed class ProGanWeights(string path, string name, TfNetworkRecord network)
{
    private readonly Dictionary<string, Func<Tensor>> sources = [];
    private readonly HashSet<string> used = [];

    /// <summary>How each tensor of the library's network is made, by name.</summary>
    public IReadOnlyDictionary<string, Func<Tensor>> Sources => sources;

    /// <summary>Finds the variables of a TensorFlow network.</summary>
    public ProGanWeights TensorFlow(IEnumerable<ProGanLayer> layers)
    {
        bool outputsFirst = network.ClassName == "tfutil.Network";
        Add("lod", Take("lod"), t => t);
        foreach (ProGanLayer layer in layers)
        {
            (long i, long o, long k) = (layer.Inputs, layer.Outputs, layer.Kernel);
            string weight = $"{layer.Scope}/weight";
            (NumpyArray values, Func<Tensor, Tensor> convert) = layer.Layout switch
            {
                ProGanLayout.Convolution => (Take(weight, k, k, i, o), t => t.Permute(3, 2, 0, 1)),
                ProGanLayout.Upsampling when outputsFirst => (Take(weight, k, k, o, i), t => t.Permute(2, 3, 0, 1).Flip(2, 3)),
                ProGanLayout.Upsampling => (Take(weight, k, k, i, o), t => t.Permute(3, 2, 0, 1).Flip(2, 3)),
                ProGanLayout.DenseToMaps => (Take(weight, i, o * k * k), Transpose),
                ProGanLayout.DenseFromMaps => (Take(weight, i * k * k, o), Transpose),
                _ => (Take(weight, i, o), (Func<Tensor, Tensor>)Transpose),
            };
            Add($"{layer.Name}.weight", values, convert);
            Add($"{layer.Name}.bias", Take($"{layer.Scope}/bias", o), t => t);
        }

        return Complete();
    }

    /// <summary>
    /// Finds the parameters of a Theano network, which have only an order: weight, its factor (with equalised learning rate),
    /// bias. The factor is that of the first values; here the layer brings its own, so the quotient goes into the weights.
    /// </summary>
    public ProGanWeights Theano(IEnumerable<ProGanLayer> layers, bool useWeightScale)
    {
        int index = 0;
        Add("lod", Take($"{TfNetworkRecord.TheanoTopLevel}cur_lod"), t => t);
        used.Add($"{TfNetworkRecord.TheanoTopLevel}gdrop_strength"); // Noise of the training run.
        foreach (ProGanLayer layer in layers)
        {
            (long i, long o, long k) = (layer.Inputs, layer.Outputs, layer.Kernel);
            (NumpyArray values, Func<Tensor, Tensor> convert) = layer.Layout switch
            {
                ProGanLayout.Convolution when k == 1 => (Next(i, o), t => t.Transpose(0, 1).Reshape(o, i, 1, 1)),
                ProGanLayout.Convolution => (Next(o, i, k, k), t => t.Flip(2, 3)),
                ProGanLayout.DenseToMaps => (Next(o, i, k, k), t => t.Permute(0, 2, 3, 1).Reshape(o * k * k, i)),
                ProGanLayout.DenseFromMaps => (Next(o, i, k, k), t => t.Flip(2, 3).Reshape(o, i * k * k)),
                _ => (Next(i, o), (Func<Tensor, Tensor>)Transpose),
            };
            double factor = useWeightScale ? Next().ToDoubles()[0] / layer.Scale : 1;
            Add($"{layer.Name}.weight", values, t => convert(t) * factor);
            Add($"{layer.Name}.bias", Next(o), t => t);
        }

        return Complete();

        NumpyArray Next(params long[] shape) => Take($"{TfNetworkRecord.TheanoParameter}{index++}", shape);
    }

    private static Tensor Transpose(Tensor t) => t.Transpose(0, 1);

    private void Add(string target, NumpyArray values, Func<Tensor, Tensor> convert) => sources.Add(target, () =>
    {
        using var scope = new TensorScope();
        return scope.Keep(convert(values.ToTensor()).Contiguous());
    });

    private NumpyArray Take(string variable, params long[] shape)
    {
        used.Add(variable);
        NumpyArray found = network.Variables.GetValueOrDefault(variable) ?? throw Error($"{variable} is missing");
        return found.Shape.SequenceEqual(shape)
            ? found
            : throw Error($"{variable} is {Shape.Format(found.Shape.ToArray())} instead of {Shape.Format(shape)}");
    }

    private ProGanWeights Complete() => network.Variables.Keys.FirstOrDefault(v => !used.Contains(v)) is string left
        ? throw Error($"{PickleText.Show(left)} is left over")
        : this;

    private SnapshotException Error(string problem) => new(path, $"the variables of {name} do not fit its options: {problem}.");
}
