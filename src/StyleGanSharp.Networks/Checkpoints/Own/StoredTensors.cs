using System.Collections.Immutable;
using System.Numerics;
using StyleGanSharp.Networks.Checkpoints.Pickle;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.IO;

namespace StyleGanSharp.Networks.Checkpoints.Own;

/// <summary>
/// The tensors of a network file, asked whether options fit them: every size that options give is proved by a tensor that is
/// really there, before anything of that size is made.
/// </summary>
/// <param name="path">The file, for messages.</param>
/// <param name="tensors">What the file holds by name.</param>
internal sealed class StoredTensors(string path, IReadOnlyDictionary<string, SafetensorsEntry> tensors)
{
    public const int MaxFeatures = 1 << 16;
    public const int MaxLayers = 64;
    private const int MaxResolution = 1 << 13;
    private const int MaxTaps = 1 << 8;

    public SnapshotException Error(string problem) => new(path, $"{problem}.");

    /// <summary>Refuses tensors whose elements are no real numbers: all of a network are.</summary>
    public void AreReal()
    {
        foreach (SafetensorsEntry tensor in tensors.Values)
        {
            if (tensor.Type is not (DType.Float32 or DType.Float64 or DType.Float16 or DType.BFloat16))
            {
                throw Error($"the tensor {PickleText.Show(tensor.Name)} is of type {tensor.Type}, expected Float32");
            }
        }
    }

    /// <summary>Refuses a number outside its bounds.</summary>
    public void InRange(string option, double value, double least, double most)
    {
        if (!(value >= least && value <= most))
        {
            throw Error(FormattableString.Invariant($"the option '{option}' is {value}, expected {least} to {most}"));
        }
    }

    /// <summary>Refuses a filter of absurd length or with taps that are not numbers.</summary>
    public void IsFilter(string option, ImmutableArray<double> taps, int least)
    {
        if (taps.IsDefault)
        {
            throw Error($"the option '{option}' is null");
        }

        InRange($"{option} (taps)", taps.Length, least, MaxTaps);
        foreach (double tap in taps)
        {
            InRange(option, tap, -double.MaxValue, double.MaxValue);
        }
    }

    /// <summary>Refuses what is no resolution of the family.</summary>
    public void IsResolution(int resolution)
    {
        InRange("resolution", resolution, 4, MaxResolution);
        if (!BitOperations.IsPow2(resolution))
        {
            throw Error($"the resolution is {resolution}, expected a power of two");
        }
    }

    /// <summary>Refuses options whose tensor is missing or of other sizes; null: any size.</summary>
    public void Require(string name, params ReadOnlySpan<int?> sizes)
    {
        if (!tensors.TryGetValue(name, out SafetensorsEntry? tensor))
        {
            throw Error($"the options ask for a tensor '{name}', which is missing");
        }

        bool fits = tensor.Shape.Count == sizes.Length;
        for (int i = 0; fits && i < sizes.Length; i++)
        {
            fits = sizes[i] is not int size || size == tensor.Shape[i];
        }

        if (!fits)
        {
            string expected = string.Join(", ", sizes.ToArray().Select(s => s is int size ? $"{size}" : "*"));
            throw Error($"the tensor '{name}' is {Shape.Format([.. tensor.Shape])}, the options give [{expected}]");
        }
    }
}
