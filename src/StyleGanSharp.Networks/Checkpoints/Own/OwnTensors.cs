using System.Buffers.Binary;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.IO;

namespace StyleGanSharp.Networks.Checkpoints.Own;

/// <summary>The tensors of a network file for people: what they are, without their numbers.</summary>
internal static class OwnTensors
{
    private const string LevelOfDetail = "lod";

    // Last parts of the names of what modules keep but do not train; a file does not tell them from parameters.
    private static readonly HashSet<string> Buffers =
    [
        "noise_const", "w_avg", LevelOfDetail, "resample_filter", "blur_filter", "magnitude_ema", "up_filter", "down_filter",
        "freqs", "phases",
        "transform",
    ];

    public static NetworkSummary Summary(string family, SafetensorsSource file) => new()
    {
        Name = SnapshotSummary.SingleNetwork,
        ClassName = family,
        Tensors =
        [
            .. file.Entries.Values.Select(e => new TensorSummary(e.Name, KindOf(e.Name), Element(e.Type), e.Shape)).OrderBy(
                t => t.Kind),
        ],
    };

    public static TensorKind KindOf(string name) =>
        Buffers.Contains(name[(name.LastIndexOf('.') + 1)..]) ? TensorKind.Buffer : TensorKind.Parameter;

    /// <summary>Where a growing network stands; null: it does not grow.</summary>
    public static double? Lod(SafetensorsSource file) =>
        file.Entries.TryGetValue(LevelOfDetail, out SafetensorsEntry? lod) && lod is { Type: DType.Float32, Shape.Count: 0 }
            ? BinaryPrimitives.ReadSingleLittleEndian(file.ReadBytes(LevelOfDetail))
            : null;

    private static ElementType Element(DType type) => type switch
    {
        DType.Float16 => ElementType.Float16,
        DType.BFloat16 => ElementType.BFloat16,
        DType.Float64 => ElementType.Float64,
        _ => ElementType.Float32,
    };
}
