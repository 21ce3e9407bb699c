using StyleGanSharp.Networks.Checkpoints.Pickle;

namespace StyleGanSharp.Networks.Checkpoints.PyTorch;

/// <summary>
/// Turns the "persistent object" records of official PyTorch snapshots into <see cref="ModuleRecord"/>s. Shared or circular
/// records are expanded where they stand, within bounds on depth and total size.
/// </summary>
internal sealed class ModuleDecoder(string path)
{
    private const string Module = "torch_utils.persistence";
    private const string Function = "_reconstruct_persistent_obj";
    private const long Version = 6;
    private const int MaxDepth = 16;
    private const int MaxNameLength = 100;
    private const long MaxEntries = 100_000;

    private long entries;

    /// <summary>Allows the function that rebuilds persistent objects.</summary>
    public static void AddTo(PickleAllowList list) => list.AllowRecord(Module, Function);

    public static bool IsPersistent(object? value) => value is PickleRecord { Type: { Module: Module, Name: Function } };

    public ModuleRecord Decode(PickleRecord record, string name, int depth = 0)
    {
        if (depth > MaxDepth)
        {
            throw Error($"module '{name}' is nested more than {MaxDepth} deep");
        }

        if (record.Arguments is not { Count: 1 } || record.Arguments[0] is not PickleDictionary meta
            || !meta.TryGet("type", out string? type) || type != "class")
        {
            throw Error($"'{name}' is not described as a class instance");
        }

        if (!meta.TryGet("version", out long version) || version != Version)
        {
            throw Error($"'{name}' is stored in version {version} of the layer format; only version {Version} is known");
        }

        if (!meta.TryGet("class_name", out string? className) || !meta.TryGet("state", out PickleDictionary? state))
        {
            throw Error($"'{name}' has no class name or no state");
        }

        return new ModuleRecord(
            Shown(className),
            state.TryGet("training", out bool training) && training,
            Entries(state, "_parameters", name, Tensor),
            Entries(state, "_buffers", name, Tensor),
            Entries(state, "_modules", name, Submodule),
            Attributes(state),
            state.TryGet("_init_args", out PickleTuple? arguments) ? arguments : new PickleTuple(),
            state.TryGet("_init_kwargs", out PickleDictionary? keywords) ? keywords : new PickleDictionary());

        ModuleRecord? Submodule(object? value, string full) =>
            value is null ? null : Decode(Persistent(value, full), full, depth + 1);
    }

    private OrderedDictionary<string, T> Entries<T>(
        PickleDictionary state, string group, string owner, Func<object?, string, T> decode)
    {
        if (!state.TryGet(group, out PickleDictionary? found))
        {
            throw Error($"'{owner}' is not a network module: it has no {group}");
        }

        Count(found.Count);
        OrderedDictionary<string, T> result = [];
        foreach ((object? key, object? value) in found)
        {
            if (key is not string { Length: > 0 and <= MaxNameLength } name || name.Contains('.', StringComparison.Ordinal))
            {
                throw Error($"'{owner}' has an entry in {group} whose name is not a plain word");
            }

            result.Add(name, decode(value, $"{owner}.{Shown(name)}"));
        }

        return result;
    }

    private OrderedDictionary<string, object?> Attributes(PickleDictionary state)
    {
        Count(state.Count);
        OrderedDictionary<string, object?> result = [];
        foreach ((object? key, object? value) in state)
        {
            if (key is string name && name is not ("training" or "") && name[0] != '_')
            {
                result.Add(name, value);
            }
        }

        return result;
    }

    private TensorRecord? Tensor(object? value, string name) => value switch
    {
        null => null,
        TensorRecord tensor => tensor,
        _ => throw Error($"'{name}' is a {PickleText.KindOf(value)}, not a tensor"),
    };

    private PickleRecord Persistent(object? value, string name) => IsPersistent(value)
        ? (PickleRecord)value!
        : throw Error($"'{name}' is a {PickleText.KindOf(value)}, not a module");

    private void Count(int count)
    {
        entries += count + 1;
        if (entries > MaxEntries)
        {
            throw Error("the file describes far more modules and tensors than any network has");
        }
    }

    private static string Shown(string name) => PickleText.Show(name);

    private SnapshotException Error(string message) => new(path, $"{message}.");
}
