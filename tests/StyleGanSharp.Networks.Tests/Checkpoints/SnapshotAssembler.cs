using StyleGanSharp.Networks.Tests.Checkpoints.Pickle;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Tests.Checkpoints;

/// <summary>
/// Writes a module in the layout of the PyTorch programs, with options of the test's choice, as community programs do.
/// </summary>
/// <param name="options">Options by module path ("" is the network itself): whole numbers, or lists of them.</param>
internal sealed class SnapshotAssembler(IReadOnlyDictionary<string, Dictionary<string, int[]>> options)
{
    private readonly PickleAssembler pickle = new();

    /// <summary>The file of one network under the name G_ema.</summary>
    internal byte[] Write(Module network)
    {
        pickle.Proto(3).Raw("}").Text("G_ema");
        Node("", [.. network.NamedTensors().Select(t => (t.Name, t.Value))]);
        return pickle.Raw("s").Stop();
    }

    private void Node(string path, (string Name, Tensor Value)[] tensors)
    {
        pickle.Global("torch_utils.persistence", "_reconstruct_persistent_obj").Raw("}");
        pickle.Text("type").Text("class").Raw("s").Text("version").Int(6).Raw("s").Text("class_name").Text("Network").Raw("s");
        pickle.Text("state").Raw("}").Text("_parameters").Raw("}");
        foreach ((string name, Tensor value) in tensors.Where(t => !t.Name.Contains('.')))
        {
            int[] sizes = [.. value.Shape.ToArray().Select(s => (int)s)];
            int[] strides = [.. sizes.Select((_, i) => sizes[(i + 1)..].Aggregate(1, (a, b) => a * b))];
            pickle.Text(name).Tensor(PickleAssembler.TorchStream(value.ToArray<float>()), 0, sizes, strides).Raw("s");
        }

        pickle.Raw("s").Text("_buffers").Raw("}s").Text("_modules").Raw("}");
        foreach (IGrouping<string, (string Name, Tensor Value)> child in tensors.Where(t => t.Name.Contains('.')).GroupBy(
            t => t.Name.Split('.')[0]))
        {
            pickle.Text(child.Key);
            Node(path.Length == 0
                ? child.Key : $"{path}.{child.Key}", [.. child.Select(t => (t.Name[(child.Key.Length + 1)..], t.Value))]);
            pickle.Raw("s");
        }

        pickle.Raw("s");
        foreach ((string name, int[] value) in options.GetValueOrDefault(path) ?? [])
        {
            pickle.Text(name);
            _ = value.Length == 1 ? pickle.Int(value[0]) : pickle.Ints(value);
            pickle.Raw("s");
        }

        pickle.Raw("s").Raw(0x85).Call();
    }
}
