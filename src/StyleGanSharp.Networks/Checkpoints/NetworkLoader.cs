using StyleGanSharp.Networks.Checkpoints.Pickle;
using StyleGanSharp.Networks.Checkpoints.PyTorch;
using StyleGanSharp.Networks.Checkpoints.Rosinality;
using StyleGanSharp.Networks.Checkpoints.TensorFlow;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Checkpoints;

/// <summary>Builds networks from snapshots: architecture and values both come from the file.</summary>
public static class NetworkLoader
{
    /// <summary>The network that images are made with: the running average of the trained weights.</summary>
    public const string AveragedGenerator = "G_ema";

    /// <summary>The same in files of the time before PyTorch.</summary>
    public const string AveragedGeneratorBefore = "Gs";

    private const string Average = "mapping.w_avg";

    // How programs call the averaged generator in files of their own.
    private static readonly string[] Averages =
        [AveragedGenerator, AveragedGeneratorBefore, "g_ema", "ema", "generator_ema", "G_avg"];

    private static readonly string[] Roles = ["G", "D", AveragedGeneratorBefore];

    /// <summary>Builds a generator.</summary>
    /// <param name="snapshot">The file.</param>
    /// <param name="name">Which of its networks; null: the averaged generator, or the only network there is.</param>
    /// <param name="remarks">Gets one sentence for everything that was assumed; null: nobody wants to know.</param>
    /// <exception cref="SnapshotException">
    /// The network is missing, of an unknown kind, or its tensors do not fit its options.
    /// </exception>
    public static IGenerator LoadGenerator(SnapshotFile snapshot, string? name = null, ICollection<string>? remarks = null)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        remarks ??= [];
        foreach (string remark in snapshot.Remarks)
        {
            remarks.Add(remark);
        }

        if (snapshot.TfNetworks.Count > 0 || Roles.All(snapshot.Problems.ContainsKey))
        {
            (string role, TfNetworkRecord network) = ChooseBefore(
                snapshot, name, AveragedGeneratorBefore,
                n => ProGanReader.IsGenerator(n) || TfStyleGan1Reader.IsGenerator(n)
                    || TfStyleGan2Reader.IsGenerator(n), remarks);
            return ProGanReader.IsGenerator(network) ? ProGanLoader.Generator(snapshot.Path, role, network)
                : TfStyleGan1Reader.IsGenerator(network) ? TfStyleGanLoader.StyleGan1Generator(snapshot.Path, role, network)
                : TfStyleGan2Reader.IsGenerator(network) ? TfStyleGanLoader.StyleGan2Generator(snapshot.Path, role, network)
                : throw new SnapshotException(snapshot.Path, Describe(role, network));
        }

        if (RosinalityReader.IsGenerator(snapshot))
        {
            return RosinalityReader.Generator(snapshot, name, remarks);
        }

        (string chosen, ModuleRecord record) = Choose(
            snapshot, name, AveragedGenerator, m => StyleGan2Reader.IsGenerator(m) || StyleGan3Reader.IsGenerator(m), remarks);
        if (StyleGan2Reader.IsGenerator(record))
        {
            GeneratorOptions options = StyleGan2Reader.Generator(snapshot.Path, chosen, record);
            return Load(snapshot.Path, chosen, record, () => new Generator(options, Initializer.ForLoading), remarks);
        }

        if (StyleGan3Reader.IsGenerator(record))
        {
            StyleGan3.GeneratorOptions options = StyleGan3Reader.Generator(snapshot.Path, chosen, record);
            return Load(snapshot.Path, chosen, record, () => new StyleGan3.Generator(options, Initializer.ForLoading), remarks);
        }

        throw new SnapshotException(snapshot.Path, Describe(chosen, record));
    }

    /// <summary>Builds the discriminator.</summary>
    /// <param name="snapshot">The file.</param>
    /// <param name="name">Which of its networks; null: the discriminator "D", or the only one there is.</param>
    /// <exception cref="SnapshotException">
    /// The network is missing, of an unknown kind, or its tensors do not fit its options.
    /// </exception>
    public static IDiscriminator LoadDiscriminator(SnapshotFile snapshot, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (snapshot.TfNetworks.Count > 0)
        {
            (string role, TfNetworkRecord network) = ChooseBefore(
                snapshot, name, "D",
                n => ProGanReader.IsDiscriminator(n) || TfStyleGan1Reader.IsDiscriminator(n)
                    || TfStyleGan2Reader.IsDiscriminator(n), []);
            return ProGanReader.IsDiscriminator(network) ? ProGanLoader.Discriminator(snapshot.Path, role, network)
                : TfStyleGan1Reader.IsDiscriminator(network)
                ? TfStyleGanLoader.StyleGan1Discriminator(snapshot.Path, role, network)
                : TfStyleGan2Reader.IsDiscriminator(network)
                ? TfStyleGanLoader.StyleGan2Discriminator(snapshot.Path, role, network)
                : throw new SnapshotException(snapshot.Path, Describe(role, network));
        }

        (string chosen, ModuleRecord record) = Choose(snapshot, name, "D", StyleGan2Reader.IsDiscriminator, []);
        if (!StyleGan2Reader.IsDiscriminator(record))
        {
            throw new SnapshotException(snapshot.Path, Describe(chosen, record));
        }

        DiscriminatorOptions options = StyleGan2Reader.Discriminator(snapshot.Path, chosen, record);
        return Load(snapshot.Path, chosen, record, () => new Discriminator(options, Initializer.ForLoading), []);
    }

    private static (string Name, ModuleRecord Record) Choose(
        SnapshotFile snapshot, string? name, string usual, Func<ModuleRecord, bool> fits, ICollection<string> remarks)
    {
        if (snapshot.Root is ModuleRecord root)
        {
            return ("the network", root);
        }

        string chosen = name ?? OnlyOne(snapshot, snapshot.Modules, usual, fits, remarks);
        return (chosen, snapshot.Module(chosen));
    }

    private static (string Name, TfNetworkRecord Record) ChooseBefore(
        SnapshotFile snapshot, string? name, string usual, Func<TfNetworkRecord, bool> fits, ICollection<string> remarks)
    {
        if (snapshot.TfNetworks.TryGetValue(SnapshotSummary.SingleNetwork, out TfNetworkRecord? single))
        {
            return ("the network", single);
        }

        string chosen = name ?? OnlyOne(snapshot, snapshot.TfNetworks, usual, fits, remarks);
        return snapshot.TfNetworks.TryGetValue(chosen, out TfNetworkRecord? found)
            ? (chosen, found) : throw snapshot.Missing(chosen, snapshot.TfNetworks.Keys);
    }

    // Where the usual name is not in the file, the only network of the kind is meant. One that is there but damaged is never
    // passed over.
    private static string OnlyOne<T>(
        SnapshotFile snapshot, IReadOnlyDictionary<string, T> networks, string usual, Func<T, bool> fits,
        ICollection<string> remarks)
    {
        string[] others = networks.ContainsKey(usual) || snapshot.Problems.ContainsKey(usual)
            ? [] : [.. networks.Where(n => fits(n.Value)).Select(n => n.Key)];
        string? averaged = Array.Find(others, n => n.Split('.').Any(part => Averages.Contains(part)));
        if (others.Length != 1 && averaged is null)
        {
            return usual;
        }

        string chosen = averaged ?? others[0];
        if (averaged is null && chosen != SnapshotSummary.SingleNetwork)
        {
            remarks.Add($"The file has no averaged generator '{usual}': {PickleText.Show(chosen)} is used, the only one there is.");
        }

        return chosen;
    }

    private static string Describe(string name, TfNetworkRecord network) =>
        $"{name} is a network of the time before PyTorch built by {PickleText.Show(network.BuildFunction)}, "
            + $"which this version cannot run.";

    private static string Describe(string name, ModuleRecord record) =>
        $"{name} is a {record.ClassName}, which is none of the networks this program knows.";

    private static T Load<T>(string path, string name, ModuleRecord record, Func<T> create, ICollection<string> remarks)
        where T : Module
    {
        var tensors = record.NamedTensors().ToDictionary(t => t.Name, t => t.Tensor);
        T? module = null;
        using var filled = new FilledTensors(path);
        try
        {
            module = create();
            Dictionary<string, IReadOnlyList<long>> shapes = tensors.ToDictionary(t => t.Key, t => t.Value.Shape);
            foreach (NamedTensor own in module.NamedTensors())
            {
                if (!shapes.TryGetValue(own.Name, out IReadOnlyList<long>? shape)
                    ? FilledTensors.CanFill(own.Name) : IsRows(own, shape))
                {
                    shapes[own.Name] = own.Value.Shape.ToArray();
                }
            }

            module.Load(shapes, (tensor, target) =>
            {
                if (!tensors.TryGetValue(tensor, out TensorRecord? stored))
                {
                    filled.Fill(tensor, target);
                    return;
                }

                Tensor value = stored.ToTensor();
                target.CopyInPlace(tensor == Average ? FilledTensors.OneRow(path, tensor, value, target.Count) : value);
            });
            if (filled.Remark is string remark)
            {
                remarks.Add(remark);
            }

            return module;
        }
        catch (Exception e) when (e is LoadException or NotSupportedException or TorchOutOfMemoryException)
        {
            module?.Dispose();
            throw new SnapshotException(path, $"the tensors of {name} do not fit its options: {e.Message}.", e);
        }
        catch (SnapshotException)
        {
            module?.Dispose();
            throw;
        }
    }

    // An average of w that is stored once for each layer.
    private static bool IsRows(NamedTensor own, IReadOnlyList<long> stored) =>
        own.Name == Average && stored.Count > 1 && stored[^1] == own.Value.Count && stored.All(size => size > 0);
}
