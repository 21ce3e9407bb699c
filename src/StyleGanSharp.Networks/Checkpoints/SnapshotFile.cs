using StyleGanSharp.Networks.Checkpoints.Pickle;

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
    public IReadOnlyDictionary<string, TfNetworkRecord> TfNetworks { get; private init; } = new Dictionary<string, TfNetworkRecord>();

    /// <summary>The dataset options of the training run, or null if the file has none.</summary>
    public PickleDictionary? TrainingSetKwargs =>
        Entries.TryGet("training_set_kwargs", out PickleDictionary? found) ? found : null;

    /// <summary>The module stored under a name.</summary>
    /// <param name="name">"G_ema", "G", "D" or "augment_pipe".</param>
    /// <exception cref="SnapshotException">There is no such module; the message lists what there is.</exception>
    public ModuleRecord Module(string name) => Modules.TryGetValue(name, out ModuleRecord? found)
        ? found
        : throw new SnapshotException(
            Path,
            $"no network '{name}' in the file, only {(Modules.Count == 0 ? "none" : string.Join(", ", Modules.Keys))}.");

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
            return Decode(path, Load(bytes, new PickleBudget(limits)), bytes);
        }
        catch (PickleException error)
        {
            throw new SnapshotException(path, error.Message, error);
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
            return new SnapshotFile(path, new PickleDictionary(), modules, root) { FileBytes = fileLength, Container = container };
        }

        TfNetworkDecoder before = new(path, fileLength);
        if (before.DecodeWhole(value) is OrderedDictionary<string, TfNetworkRecord> whole)
        {
            return new SnapshotFile(path, new PickleDictionary(), modules, null)
            {
                FileBytes = fileLength,
                Container = container,
                TfNetworks = whole,
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
                throw new SnapshotException(path, "the file holds a dictionary whose keys are not texts, so it is no snapshot.");
            }

            if (ModuleDecoder.IsPersistent(entry))
            {
                ModuleRecord module = decoder.Decode((PickleRecord)entry!, PickleText.Show(name));
                CheckSize(path, module, fileLength);
                modules.Add(name, module);
            }
            else if (entry is TfNetworkObject network)
            {
                networks.Add(name, before.Decode(network, PickleText.Show(name)));
            }
        }

        return new SnapshotFile(path, entries, modules, null)
        {
            FileBytes = fileLength,
            Container = container,
            TfNetworks = networks,
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
                path, $"its tensors unfold to {total} bytes, far more than the file has; this is no genuine snapshot.");
        }
    }
}
