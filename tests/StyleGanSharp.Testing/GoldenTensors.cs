using StyleGanSharp.Data.Numpy;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Testing;

/// <summary>Arrays of one golden case as tensors.</summary>
/// <param name="files">The folder of the archive.</param>
/// <param name="archive">The .npz file, relative to the folder.</param>
/// <param name="prefix">What all keys of the case begin with, e.g. <c>case03/</c>; empty for the whole archive.</param>
public sealed class GoldenTensors(GoldenFiles files, string archive, string prefix = "")
{
    private readonly IReadOnlyDictionary<string, NumpyArray> arrays = files.Arrays(archive);

    /// <summary>A case of <see cref="GoldenFolder"/>.</summary>
    public GoldenTensors(string archive, string prefix = "")
        : this(GoldenFolder.Files, archive, prefix)
    {
    }

    /// <summary>Keys of the case, without the prefix.</summary>
    public IEnumerable<string> Keys =>
        arrays.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Select(k => k[prefix.Length..]);

    /// <summary>Whether the case has an array.</summary>
    public bool Has(string key) => arrays.ContainsKey(prefix + key);

    /// <summary>The array itself.</summary>
    public NumpyArray Array(string key) => arrays[prefix + key];

    /// <summary>The array as a tensor on the CPU.</summary>
    public Tensor this[string key]
    {
        get
        {
            NumpyArray array = arrays[prefix + key];
            DType type = array.Type switch
            {
                NumpyType.Float32 => DType.Float32,
                NumpyType.Float64 => DType.Float64,
                NumpyType.Int32 => DType.Int32,
                NumpyType.Int64 => DType.Int64,
                NumpyType.UInt8 => DType.UInt8,
                _ => throw new NotSupportedException($"{archive}: {prefix}{key} is of type {array.Type}."),
            };
            return Tensor.FromBytes(array.Bytes, array.Shape, type);
        }
    }

    /// <summary>The array as a tensor; null where the case has none.</summary>
    public Tensor? Optional(string key) => Has(key) ? this[key] : null;
}
