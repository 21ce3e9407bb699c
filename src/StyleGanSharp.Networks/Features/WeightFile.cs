using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.IO;

namespace StyleGanSharp.Networks.Features;

/// <summary>
/// The tensors of a safetensors or torch file by name. Shapes are known from the start; values are read when a network of these
/// shapes asks for them, so that a file cannot make anyone unfold more than the network has.
/// </summary>
internal sealed class WeightFile : IDisposable
{
    private readonly Action<string, Tensor> read;
    private readonly SafetensorsSource? source;

    private WeightFile(
        string path, IReadOnlyDictionary<string, IReadOnlyList<long>> shapes, Action<string, Tensor> read,
        SafetensorsSource? source = null) => (Path, Shapes, this.read, this.source) = (path, shapes, read, source);

    /// <summary>The file.</summary>
    internal string Path { get; }

    /// <summary>The shapes of all tensors.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyList<long>> Shapes { get; }

    /// <summary>Opens a file; which kind it is, its content says.</summary>
    /// <exception cref="SafetensorsException">A safetensors file is damaged.</exception>
    /// <exception cref="SnapshotException">A torch file is damaged or asks for foreign code.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal static WeightFile Open(string path) =>
        FeatureFile.KindOf(path) == FeatureFileKind.Safetensors ? OpenSafetensors(path) : OpenTorch(path);

    /// <summary>Copies the elements of one tensor.</summary>
    /// <param name="name">One of <see cref="Shapes"/>.</param>
    /// <param name="target">Of the same shape; takes the values in its own type.</param>
    internal void ReadInto(string name, Tensor target) => read(name, target);

    /// <summary>Closes the file.</summary>
    public void Dispose() => source?.Dispose();

    private static WeightFile OpenSafetensors(string path)
    {
        SafetensorsSource source = Safetensors.Open(path);
        return new WeightFile(path, source.Entries.ToDictionary(e => e.Key, e => e.Value.Shape), source.ReadInto, source);
    }

    private static WeightFile OpenTorch(string path)
    {
        var tensors = new Dictionary<string, TensorRecord>();
        foreach ((string name, TensorRecord tensor) in SnapshotFile.ReadTensors(path))
        {
            // Names are keys joined by dots, so nested dictionaries can give one twice.
            tensors.TryAdd(name, tensor);
        }

        return new WeightFile(path, tensors.ToDictionary(t => t.Key, t => t.Value.Shape), (name, target) =>
        {
            using var scope = new TensorScope();
            target.CopyInPlace(tensors[name].ToTensor());
        });
    }
}
