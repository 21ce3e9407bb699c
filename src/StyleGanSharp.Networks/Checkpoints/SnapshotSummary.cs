using StyleGanSharp.Networks.Checkpoints.Pickle;
using StyleGanSharp.Networks.Checkpoints.PyTorch;
using StyleGanSharp.Networks.Checkpoints.Rosinality;
using StyleGanSharp.Networks.Checkpoints.TensorFlow;
using StyleGanSharp.Torch.IO;

namespace StyleGanSharp.Networks.Checkpoints;

/// <summary>What a snapshot file is, read without building its networks and without libtorch.</summary>
public sealed record SnapshotSummary
{
    /// <summary>Name of the network when the file is a single one.</summary>
    public const string SingleNetwork = "network";

    /// <summary>The file as the caller named it.</summary>
    public required string Path { get; init; }

    /// <summary>Size of the file.</summary>
    public required long FileBytes { get; init; }

    /// <summary>How the file is put together.</summary>
    public required SnapshotContainer Container { get; init; }

    /// <summary>The networks in the order of the file.</summary>
    public required IReadOnlyList<NetworkSummary> Networks { get; init; }

    /// <summary>
    /// The dataset options of the training run in the order of the file: texts, long, double, bool, null, and lists of them; what
    /// is none of these is replaced by a text that names its kind.
    /// </summary>
    public required IReadOnlyDictionary<string, object?> TrainingSet { get; init; }

    /// <summary>What else lies at the top of the file: name and kind.</summary>
    public required IReadOnlyDictionary<string, string> OtherEntries { get; init; }

    /// <summary>The generator that images are made with: the averaged one, else the first; null: there is none.</summary>
    public NetworkSummary? Generator =>
        Networks.FirstOrDefault(n => IsAveraged(n) && n.Kind == NetworkKind.Generator)
        ?? Networks.FirstOrDefault(n => n.Kind == NetworkKind.Generator);

    /// <summary>Which StyleGAN the file is from.</summary>
    public NetworkGeneration Generation => Generator?.Generation ?? NetworkGeneration.Unknown;

    /// <summary>Strength p of the augmentation, where there is one.</summary>
    public double? AugmentP => Networks.Select(n => n.AugmentP).FirstOrDefault(p => p is not null);

    /// <summary>Sums up a snapshot or a network file of this program.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="SnapshotException">The file is missing, damaged, something else, or asks for foreign code.</exception>
    /// <exception cref="SafetensorsException">A safetensors file is damaged.</exception>
    public static SnapshotSummary Read(string path) =>
        !NetworkFile.IsSafetensors(path) ? Of(SnapshotFile.Read(path)) : new SnapshotSummary
        {
            Path = path,
            FileBytes = new FileInfo(path).Length,
            Container = SnapshotContainer.Safetensors,
            Networks = [NetworkFile.Summarize(path)],
            TrainingSet = new Dictionary<string, object?>(),
            OtherEntries = new Dictionary<string, string>(),
        };

    /// <summary>Sums up a snapshot.</summary>
    public static SnapshotSummary Of(SnapshotFile snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        IEnumerable<KeyValuePair<string, ModuleRecord>> modules =
            snapshot.Root is ModuleRecord root ? [new(SingleNetwork, root)] : snapshot.Modules;
        return new SnapshotSummary
        {
            Path = snapshot.Path,
            FileBytes = snapshot.FileBytes,
            Container = snapshot.Container,
            Networks =
            [
                .. modules.Select(m => NetworkSummaryReader.Read(snapshot.Path, m.Key, m.Value)),
                .. RosinalitySummary.Of(snapshot),
                .. snapshot.TfNetworks.Select(n => TfSummaryReader.Read(snapshot.Path, n.Key, n.Value)),
                .. snapshot.Problems.Select(
                    p => new NetworkSummary { Name = p.Key, ClassName = "unknown", Tensors = [], Problem = p.Value }),
            ],
            TrainingSet = Plain(snapshot.TrainingSetKwargs ?? new PickleDictionary()),
            OtherEntries = Others(snapshot),
        };
    }

    private static bool IsAveraged(NetworkSummary network) =>
        network.Name is NetworkLoader.AveragedGenerator or NetworkLoader.AveragedGeneratorBefore or RosinalityReader.AveragedGenerator;

    private static OrderedDictionary<string, object?> Plain(PickleDictionary options)
    {
        OrderedDictionary<string, object?> plain = [];
        foreach ((object? key, object? value) in options)
        {
            if (key is string name)
            {
                plain.Add(name, Plain(value, nested: false));
            }
        }

        return plain;
    }

    private static object? Plain(object? value, bool nested) => value switch
    {
        null or string or long or double or bool => value,
        PickleList list when !nested => list.Select(item => Plain(item, nested: true)).ToArray(),
        PickleTuple tuple when !nested => tuple.Select(item => Plain(item, nested: true)).ToArray(),
        _ => $"({PickleText.KindOf(value)})",
    };

    private static OrderedDictionary<string, string> Others(SnapshotFile snapshot)
    {
        OrderedDictionary<string, string> others = [];
        string[] generators = [.. RosinalityReader.Generators(snapshot).Select(g => g.Name)];
        foreach ((object? key, object? value) in RosinalityReader.IsBare(snapshot) ? [] : snapshot.Entries)
        {
            if (key is string name && !generators.Contains(name) && !snapshot.Modules.ContainsKey(name)
                && !snapshot.TfNetworks.ContainsKey(name)
                && !snapshot.Problems.ContainsKey(name) && name != "training_set_kwargs"
                && !(value is TensorRecord && snapshot.Modules.ContainsKey(SingleNetwork)))
            {
                others.Add(name, value switch
                {
                    TensorRecord tensor => $"tensor [{string.Join(", ", tensor.Shape)}]",
                    PickleDictionary dictionary when dictionary.All(e => e.Value is TensorRecord) =>
                        $"{dictionary.Count} named tensors",
                    PickleDictionary dictionary => $"dictionary with {dictionary.Count} entries",
                    _ => PickleText.KindOf(value),
                });
            }
        }

        return others;
    }
}
