using StyleGanSharp.Networks.Checkpoints.Pickle;

namespace StyleGanSharp.Networks.Checkpoints.TensorFlow;

/// <summary>
/// Turns network objects of the time before PyTorch into <see cref="TfNetworkRecord"/>s, within bounds on depth, number and total
/// size: shared or circular objects are expanded where they stand.
/// </summary>
internal sealed class TfNetworkDecoder(string path, long fileBytes)
{
    private const int MinVersion = 2;
    private const int MaxVersion = 5;
    private const int MaxDepth = 4;
    private const int MaxNameLength = 200;
    private const long MaxEntries = 100_000;

    // A snapshot is (G, D, Gs): generator, discriminator, running average of the generator.
    private static readonly string[] Roles = ["G", "D", "Gs"];

    private long entries;
    private Int128 bytes;

    /// <summary>
    /// The networks of a file that is one network or the three of a training run; null if it is something else.
    /// </summary>
    /// <param name="value">What the file holds.</param>
    /// <param name="problems">Gets the networks of three that cannot be decoded, with the reason.</param>
    public OrderedDictionary<string, TfNetworkRecord>? DecodeWhole(object? value, IDictionary<string, string> problems) =>
        value switch
        {
            TfNetworkObject single => new() { [SnapshotSummary.SingleNetwork] = Decode(single, SnapshotSummary.SingleNetwork) },
            PickleTuple tuple when tuple.Any(item => item is TfNetworkObject) => Three(tuple, problems),
            PickleList list when list.Any(item => item is TfNetworkObject) => Three(list, problems),
            _ => null,
        };

    public TfNetworkRecord Decode(TfNetworkObject network, string name, int depth = 0)
    {
        if (depth > MaxDepth)
        {
            throw Error($"network '{name}' is nested more than {MaxDepth} deep");
        }

        PickleDictionary state = network.State
            ?? throw Error($"'{name}' is a network of the time before PyTorch without contents");
        return state.ContainsKey("param_values") ? Theano(network, state, name) : TensorFlow(network, state, name, depth);
    }

    private OrderedDictionary<string, TfNetworkRecord> Three(IReadOnlyList<object?> items, IDictionary<string, string> problems)
    {
        if (items.Count != Roles.Length
            || items.Any(item => item is not (null or TfNetworkObject or PickleRecord { Type.IsForeign: true })))
        {
            throw Error("the file holds networks of the time before PyTorch, but not the three of a snapshot (G, D, Gs)");
        }

        OrderedDictionary<string, TfNetworkRecord> result = [];
        foreach ((string role, object? item) in Roles.Zip(items))
        {
            try
            {
                if (item is not null)
                {
                    result.Add(role, item is TfNetworkObject network
                        ? Decode(network, role) : throw Error($"'{role}' is a {PickleText.KindOf(item)}, no network"));
                }
            }
            catch (SnapshotException e)
            {
                problems[role] = e.Problem;
            }
        }

        return result;
    }

    private TfNetworkRecord TensorFlow(TfNetworkObject network, PickleDictionary state, string name, int depth)
    {
        if (!state.TryGet("version", out long version) || version is < MinVersion or > MaxVersion)
        {
            throw Error($"'{name}' is stored in version {version} of the network format; known are {MinVersion} to {MaxVersion}");
        }

        OrderedDictionary<string, NumpyArray> variables = [];
        foreach (object? item in Get<PickleList>(state, "variables", name))
        {
            if (item is not IReadOnlyList<object?> { Count: 2 } pair
                || pair[0] is not string { Length: > 0 and <= MaxNameLength } variable)
            {
                throw Error($"a variable of '{name}' is not a pair of a name and a value");
            }

            string shown = $"{name}/{PickleText.Show(variable)}";
            if (!variables.TryAdd(variable, Array(pair[1], shown)))
            {
                throw Error($"the variable '{shown}' is there twice");
            }
        }

        OrderedDictionary<string, TfNetworkRecord> components = [];
        if (state.TryGet("components", out PickleDictionary? parts))
        {
            foreach ((object? key, object? value) in parts)
            {
                Count(1);
                (string role, TfNetworkObject part) = key is string { Length: <= MaxNameLength } text
                    && value is TfNetworkObject found
                    ? (text, found)
                    : throw Error($"a component of '{name}' is not a network");
                components.Add(role, Decode(part, $"{name}.{PickleText.Show(role)}", depth + 1));
            }
        }

        return new TfNetworkRecord
        {
            ClassName = network.Type.FullName,
            Name = Get<string>(state, "name", name),
            Version = (int)version,
            BuildFunction = Get<string>(state, "build_func_name", name),
            StaticKwargs = Options(Get<PickleDictionary>(state, "static_kwargs", name), name, 0),
            Variables = variables,
            Components = components,
        };
    }

    private TfNetworkRecord Theano(TfNetworkObject network, PickleDictionary state, string name)
    {
        OrderedDictionary<string, NumpyArray> variables = [];
        foreach (object? value in Get<PickleList>(state, "param_values", name))
        {
            string variable = $"{TfNetworkRecord.TheanoParameter}{variables.Count}";
            variables.Add(variable, Array(value, $"{name}/{variable}"));
        }

        OrderedDictionary<string, object?> spec = Options(Get<PickleDictionary>(state, "build_func_spec", name), name, 0);
        if (!spec.Remove("func", out object? function) || function is not string builder)
        {
            throw Error($"'{name}' does not say which function built it");
        }

        foreach ((object? key, object? value) in Get<PickleDictionary>(state, "toplevel_params", name))
        {
            variables.Add($"{TfNetworkRecord.TheanoTopLevel}{key as string ?? throw Error($"'{name}' has a value without a name")}", Array(value, name));
        }

        return new TfNetworkRecord
        {
            ClassName = network.Type.FullName,
            Name = "",
            Version = null,
            BuildFunction = builder,
            StaticKwargs = spec,
            Variables = variables,
            Components = new Dictionary<string, TfNetworkRecord>(),
        };
    }

    private NumpyArray Array(object? value, string name)
    {
        NumpyArray array = value switch
        {
            NumpyArray found => found,
            double number => NumpyArray.Scalar(number),
            long number => NumpyArray.Scalar(number),
            _ => throw Error($"'{name}' is a {PickleText.KindOf(value)}, not an array of numbers"),
        };
        Count(1);
        bytes += array.Data.Length;
        return bytes <= (SnapshotFile.SharingFactor * (Int128)fileBytes) + SnapshotFile.SharingMargin
            ? array
            : throw Error("its variables unfold to far more bytes than the file has; this is not a genuine snapshot");
    }

    private OrderedDictionary<string, object?> Options(PickleDictionary dictionary, string name, int depth)
    {
        OrderedDictionary<string, object?> result = [];
        foreach ((object? key, object? value) in dictionary)
        {
            result.Add(key as string ?? throw Error($"an option of '{name}' has no name"), Option(value, name, depth));
        }

        return result;
    }

    private object? Option(object? value, string name, int depth)
    {
        Count(1);
        return value switch
        {
            null or string or long or double or bool => value,
            PickleDictionary dictionary when depth < MaxDepth => Options(dictionary, name, depth + 1),
            PickleList or PickleTuple when depth < MaxDepth =>
                ((IReadOnlyList<object?>)value).Select(item => Option(item, name, depth + 1)).ToArray(),
            _ => throw Error($"an option of '{name}' is a {PickleText.KindOf(value)}, no plain value"),
        };
    }

    private T Get<T>(PickleDictionary state, string key, string name) => state.TryGet(key, out T? value)
        ? value
        : throw Error($"'{name}' is a network of the time before PyTorch without {key}");

    private void Count(int count)
    {
        entries += count;
        if (entries > MaxEntries)
        {
            throw Error("the file describes far more networks and variables than any snapshot has");
        }
    }

    private SnapshotException Error(string message) => new(path, $"{message}.");
}
