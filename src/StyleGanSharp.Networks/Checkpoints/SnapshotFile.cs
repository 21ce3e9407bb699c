using StyleGanSharp.Networks.Checkpoints.Pickle;
using StyleGanSharp.Networks.Checkpoints.PyTorch;
using StyleGanSharp.Networks.Checkpoints.TensorFlow;

namespace StyleGanSharp.Networks.Checkpoints;

/// <summary>
/// A network snapshot written by an official program: of PyTorch (StyleGAN2-ADA, StyleGAN3) or of the time before (ProGAN,
/// StyleGAN, StyleGAN2); or a dictionary written by torch.save. It is read as data; nothing in it is executed.
/// </summary>
public sealed class SnapshotFile
{
    // The bytes of all tensors of one network cannot exceed the file unless tensors share storages; a little sharing is allowed.
    internal const long SharingFactor = 2;
    internal const long SharingMargin = 1 << 20;

    private SnapshotFile(
        string path, PickleDictionary entries, IReadOnlyDictionary<string, ModuleRecord> modules, ModuleRecord? root)
    {
        (Path, Entries, Modules, Root) = (path, entries, modules, root);
    }

    /// <summary>The file as the caller named it.</summary>
    public string Path { get; }

    /// <summary>Size of the file in bytes.</summary>
    public long FileBytes { get; private init; }

    /// <summary>How the file is put together.</summary>
    public SnapshotContainer Container { get; private init; }

    /// <summary>Everything at the top of the file as pickle values, in order; empty if the file is a single module.</summary>
    public PickleDictionary Entries { get; }

    /// <summary>The modules at the top of the file ("G", "D", "G_ema", "augment_pipe") in order, without None entries.</summary>
    public IReadOnlyDictionary<string, ModuleRecord> Modules { get; }

    /// <summary>The module, if the file is a single module instead of a dictionary; otherwise null.</summary>
    public ModuleRecord? Root { get; }

    /// <summary>
    /// The networks of a file of the time before PyTorch by name ("G", "D", "Gs"; <see cref="SnapshotSummary.SingleNetwork"/> if
    /// the file is a single one) in order; empty for other files.
    /// </summary>
    public IReadOnlyDictionary<string, TfNetworkRecord> TfNetworks { get; private init; } = new Dictionary<string,
        TfNetworkRecord>();

    /// <summary>
    /// Networks of the file that cannot be understood, by name: one sentence each. The others can be used all the same.
    /// </summary>
    public IReadOnlyDictionary<string, string> Problems { get; private init; } = new Dictionary<string, string>();

    /// <summary>What was assumed to read the file, one sentence each; usually nothing.</summary>
    public IReadOnlyList<string> Remarks { get; private init; } = [];

    /// <summary>The dataset options of the training run, or null if the file has none.</summary>
    public PickleDictionary? TrainingSetKwargs =>
        Entries.TryGet("training_set_kwargs", out PickleDictionary? found) ? found : null;

    /// <summary>The module stored under a name.</summary>
    /// <param name="name">"G_ema", "G", "D" or "augment_pipe".</param>
    /// <exception cref="SnapshotException">There is no such module; the message lists what there is.</exception>
    public ModuleRecord Module(string name) => Modules.TryGetValue(name, out ModuleRecord? found)
        ? found
        : throw Missing(name, Modules.Keys);

    /// <summary>The error for a network that is not there, or that cannot be understood.</summary>
    internal SnapshotException Missing(string name, IEnumerable<string> others)
    {
        if (Problems.TryGetValue(name, out string? problem))
        {
            return new SnapshotException(Path, problem);
        }

        string entry = Entries.TryGetValue(name, out object? value) && value is not null
            ? $"'{name}' is a {PickleText.KindOf(value)}, no network" : $"no network '{name}' in the file";
        return new SnapshotException(Path, $"{entry}, only {(others.Any() ? string.Join(", ", others) : "none")}.");
    }

    /// <summary>Reads a snapshot file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">Bounds of work and memory; null takes the defaults.</param>
    /// <exception cref="SnapshotException">The file is missing, damaged, something else, or asks for foreign code.</exception>
    public static SnapshotFile Read(string path, PickleLimits? limits = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        limits ??= new PickleLimits();
        byte[] bytes = SnapshotBytes.Read(path, limits);
        try
        {
            object? value = Load(bytes, new PickleBudget(limits));
            PickleGlobal? type = (value as PickleRecord)?.Type ?? value as PickleGlobal;
            return type is { IsForeign: true }
                ? throw PickleException.Foreign("create", PickleText.Show(type.FullName), 0)
                : Decode(path, value, bytes);
        }
        catch (PickleException error)
        {
            throw new SnapshotException(path, error.Message, error);
        }
    }

    /// <summary>
    /// The tensors of a torch file that is one tensor, or a dictionary of them, by their keys joined by dots; "" for a single
    /// one.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="SnapshotException">The file is missing, damaged, something else, or asks for foreign code.</exception>
    public static IReadOnlyList<(string Name, TensorRecord Tensor)> ReadTensors(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var limits = new PickleLimits();
        byte[] bytes = SnapshotBytes.Read(path, limits);
        try
        {
            var found = new List<(string, TensorRecord)>();
            Collect(Load(bytes, new PickleBudget(limits)), "", 0, found);
            return found;
        }
        catch (PickleException error)
        {
            throw new SnapshotException(path, error.Message, error);
        }
    }

    private static void Collect(object? value, string name, int depth, List<(string Name, TensorRecord Tensor)> found)
    {
        const int MaxDepth = 3, MaxTensors = 1000;
        if (found.Count >= MaxTensors || depth > MaxDepth)
        {
            return;
        }

        if (value is TensorRecord tensor)
        {
            found.Add((name, tensor));
            return;
        }

        IEnumerable<(string Key, object? Value)> inner = value switch
        {
            PickleDictionary dictionary => dictionary.Take(MaxTensors).Select(e => (PickleText.Show($"{e.Key}"), e.Value)),
            PickleList list => list.Take(MaxTensors).Select((item, i) => ($"{i}", item)),
            PickleTuple tuple => tuple.Take(MaxTensors).Select((item, i) => ($"{i}", item)),
            _ => [],
        };
        foreach ((string key, object? item) in inner)
        {
            Collect(item, name.Length == 0 ? key : $"{name}.{key}", depth + 1, found);
        }
    }

    private static object? Load(byte[] bytes, PickleBudget budget)
    {
        if (TorchZip.IsZip(bytes))
        {
            return TorchZip.Read(bytes, SnapshotClasses.TorchSave, budget);
        }

        PickleInput input = new(bytes);
        return TorchStream.IsStream(bytes)
            ? TorchStream.Read(input, SnapshotClasses.TorchSave, budget)
            : new PickleMachine(input, SnapshotClasses.Official, budget, null).Run();
    }

    private static SnapshotContainer ContainerOf(byte[] bytes) =>
        TorchZip.IsZip(bytes) ? SnapshotContainer.TorchZip
        : TorchStream.IsStream(bytes) ? SnapshotContainer.TorchStream
        : SnapshotContainer.Pickle;

    private static SnapshotFile Decode(string path, object? value, byte[] bytes)
    {
        (long fileLength, SnapshotContainer container) = (bytes.Length, ContainerOf(bytes));
        ModuleDecoder decoder = new(path);
        OrderedDictionary<string, ModuleRecord> modules = [];
        if (ModuleDecoder.IsPersistent(value))
        {
            ModuleRecord root = decoder.Decode((PickleRecord)value!, "network");
            CheckSize(path, root, fileLength);
            return new SnapshotFile(
                path, new PickleDictionary(), modules, root)
            { FileBytes = fileLength, Container = container };
        }

        OrderedDictionary<string, string> problems = [];
        TfNetworkDecoder before = new(path, fileLength);
        if (before.DecodeWhole(value, problems) is OrderedDictionary<string, TfNetworkRecord> whole)
        {
            return new SnapshotFile(path, new PickleDictionary(), modules, null)
            {
                FileBytes = fileLength,
                Container = container,
                TfNetworks = whole,
                Problems = problems,
            };
        }

        if (value is not PickleDictionary entries)
        {
            throw new SnapshotException(path, $"the file holds a {PickleText.KindOf(value)}, not a dictionary of networks.");
        }

        RequireBytes(path, DeclaredTensors.Bytes(entries), fileLength);
        OrderedDictionary<string, TfNetworkRecord> networks = [];
        foreach ((object? key, object? entry) in entries)
        {
            if (key is not string name)
            {
                throw new SnapshotException(
                    path, "the file holds a dictionary whose keys are not texts, so it is not a snapshot.");
            }

            // What is wrong with one network must not hide the others.
            try
            {
                if (ModuleDecoder.IsPersistent(entry))
                {
                    modules.Add(name, decoder.Decode((PickleRecord)entry!, PickleText.Show(name)));
                }
                else if (entry is TfNetworkObject network)
                {
                    networks.Add(name, before.Decode(network, PickleText.Show(name)));
                }
            }
            catch (SnapshotException e)
            {
                problems[name] = e.Problem;
            }
        }

        foreach (ModuleRecord module in modules.Values)
        {
            CheckSize(path, module, fileLength);
        }

        List<string> remarks = [];
        if (modules.Count == 0 && networks.Count == 0)
        {
            foreach ((string name, ModuleRecord module) in StateDictionary.Modules(path, entries))
            {
                modules[name] = module;
                remarks.Add($"{name} is a dictionary of tensors in the names of NVIDIA's programs: "
                    + $"what it does not hold (limits of activations, learning rates) is taken from their defaults.");
            }
        }

        return new SnapshotFile(path, entries, modules, null)
        {
            FileBytes = fileLength,
            Container = container,
            TfNetworks = networks,
            Problems = problems,
            Remarks = remarks,
        };
    }

    private static void CheckSize(string path, ModuleRecord module, long fileLength)
    {
        Int128 total = 0;
        foreach (NamedTensorRecord tensor in module.NamedTensors())
        {
            total += tensor.Tensor.ByteCount;
        }

        RequireBytes(path, total, fileLength);
    }

    private static void RequireBytes(string path, Int128 total, long fileLength)
    {
        if (total > (SharingFactor * (Int128)fileLength) + SharingMargin)
        {
            throw new SnapshotException(
                path, $"its tensors unfold to {total} bytes, far more than the file has; this is not a genuine snapshot.");
        }
    }
}
