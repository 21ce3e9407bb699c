using System.Diagnostics.CodeAnalysis;
using StyleGanSharp.Networks.Checkpoints.Pickle;

namespace StyleGanSharp.Networks.Checkpoints;

/// <summary>
/// A PyTorch module of a snapshot as plain data: a tree of named tensors with the attributes of each node. Everything is in
/// registration order. The Python source that official snapshots carry along is neither kept nor run.
/// </summary>
public sealed class ModuleRecord
{
    internal ModuleRecord(
        string className,
        bool training,
        IReadOnlyDictionary<string, TensorRecord?> parameters,
        IReadOnlyDictionary<string, TensorRecord?> buffers,
        IReadOnlyDictionary<string, ModuleRecord?> modules,
        IReadOnlyDictionary<string, object?> attributes,
        PickleTuple initArgs,
        PickleDictionary initKwargs)
    {
        (ClassName, Training, Parameters, Buffers, Modules) = (className, training, parameters, buffers, modules);
        (Attributes, InitArgs, InitKwargs) = (attributes, initArgs, initKwargs);
    }

    /// <summary>
    /// Name of the class without its module, for example "SynthesisNetwork". StyleGAN2 and StyleGAN3 share most names; tell them
    /// apart by the contents.
    /// </summary>
    public string ClassName { get; }

    /// <summary>Whether the module was saved in training mode (official snapshots are not).</summary>
    public bool Training { get; }

    /// <summary>The module's own parameters; a null value is a parameter registered as None.</summary>
    public IReadOnlyDictionary<string, TensorRecord?> Parameters { get; }

    /// <summary>The module's own buffers; a null value is a buffer registered as None.</summary>
    public IReadOnlyDictionary<string, TensorRecord?> Buffers { get; }

    /// <summary>The submodules; a null value is a submodule registered as None.</summary>
    public IReadOnlyDictionary<string, ModuleRecord?> Modules { get; }

    /// <summary>
    /// The other attributes (z_dim, block_resolutions, weight_gain, ...) as pickle values, see <see cref="PickleReader"/>;
    /// PyTorch's own bookkeeping, whose names begin with an underscore, is left out.
    /// </summary>
    public IReadOnlyDictionary<string, object?> Attributes { get; }

    /// <summary>Positional constructor arguments, usually none.</summary>
    public PickleTuple InitArgs { get; }

    /// <summary>Named constructor arguments.</summary>
    public PickleDictionary InitKwargs { get; }

    /// <summary>Finds an attribute of a known type.</summary>
    /// <typeparam name="T">The expected type: long, double, bool, string, PickleList, NumpyArray, ...</typeparam>
    /// <param name="name">The attribute.</param>
    /// <param name="value">The value.</param>
    /// <returns>Whether the attribute exists with that type.</returns>
    public bool TryGetAttribute<T>(string name, [NotNullWhen(true)] out T? value)
    {
        value = default;
        if (Attributes.TryGetValue(name, out object? found) && found is T typed)
        {
            value = typed;
            return true;
        }

        return false;
    }

    /// <summary>The parameters of the whole tree: own ones first, then those of the submodules in order.</summary>
    public IReadOnlyList<NamedTensorRecord> NamedParameters() => Collect(TensorKind.Parameter);

    /// <summary>The buffers of the whole tree that are not None, in the same order.</summary>
    public IReadOnlyList<NamedTensorRecord> NamedBuffers() => Collect(TensorKind.Buffer);

    /// <summary>All parameters, then all buffers.</summary>
    public IReadOnlyList<NamedTensorRecord> NamedTensors() => [.. NamedParameters(), .. NamedBuffers()];

    private List<NamedTensorRecord> Collect(TensorKind kind)
    {
        List<NamedTensorRecord> result = [];
        Collect(kind, string.Empty, result);
        return result;
    }

    // The decoder has bounded depth and size of the tree.
    private void Collect(TensorKind kind, string prefix, List<NamedTensorRecord> result)
    {
        foreach ((string name, TensorRecord? tensor) in kind == TensorKind.Parameter ? Parameters : Buffers)
        {
            if (tensor is not null)
            {
                result.Add(new NamedTensorRecord(prefix + name, kind, tensor));
            }
        }

        foreach ((string name, ModuleRecord? module) in Modules)
        {
            module?.Collect(kind, $"{prefix}{name}.", result);
        }
    }
}
