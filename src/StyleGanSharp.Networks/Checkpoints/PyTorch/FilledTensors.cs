using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Checkpoints.PyTorch;

/// <summary>
/// Gives values to the few tensors that programs leave out of their files because they can be made again: noise inputs are drawn
/// from a fixed seed.
/// </summary>
/// <param name="path">The file, for messages.</param>
internal sealed class FilledTensors(string path) : IDisposable
{
    /// <summary>Seed of the noise, so that the same file gives the same images everywhere.</summary>
    private const ulong NoiseSeed = 0;

    // A file without noise has no tensor that proves this size.
    private const int MaxResolution = 2048;

    private const string Noise = ".noise_const";
    private const string Filter = "resample_filter";

    private readonly RandomGenerator draws = new(NoiseSeed);
    private int drawn;

    /// <summary>What was filled, one sentence; null: nothing that matters.</summary>
    public string? Remark => drawn == 0
        ? null
        : $"The file has no values for {drawn} of the generator's noise inputs: they are drawn from seed {NoiseSeed}; "
            + $"their strengths are the file's.";

    /// <summary>Whether a tensor of a network can be made without the file.</summary>
    public static bool CanFill(string name) =>
        name.EndsWith(Noise, StringComparison.Ordinal) || name.EndsWith(Filter, StringComparison.Ordinal);

    /// <summary>Writes the value of a tensor; filters are there already, from the options.</summary>
    /// <exception cref="SnapshotException">The noise is larger than without a proof in the file is believed.</exception>
    public void Fill(string name, Tensor target)
    {
        if (!name.EndsWith(Noise, StringComparison.Ordinal))
        {
            return;
        }

        if (target.Shape.ToArray().Any(size => size > MaxResolution))
        {
            throw new SnapshotException(
                path, $"the noise input '{name}' is missing, which is drawn up to {MaxResolution}x{MaxResolution} only.");
        }

        drawn++;
        using var scope = new TensorScope();
        target.CopyInPlace(Tensor.RandN(target.Shape, draws));
    }

    /// <summary>The average of w in any of the forms that programs store: [WDim], or several equal rows of it.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="name">The tensor, for messages.</param>
    /// <param name="average">As stored.</param>
    /// <param name="size">WDim.</param>
    /// <returns>[WDim]; the tensor itself where its form is unknown.</returns>
    /// <exception cref="SnapshotException">The rows differ.</exception>
    public static Tensor OneRow(string path, string name, Tensor average, long size)
    {
        if (average.Dim < 2 || average.Size(-1) != size || average.Count == 0)
        {
            return average;
        }

        using var scope = new TensorScope();
        Tensor rows = average.Reshape(-1, size), first = rows.Slice(0, 0, 1);
        return (rows - first).Abs().Max().Item() == 0
            ? scope.Keep(first.Reshape(size))
            : throw new SnapshotException(
                path, $"'{name}' has {rows.Size(0)} different rows, one for each layer; "
                    + $"this program keeps one average of w for all layers.");
    }

    /// <inheritdoc/>
    public void Dispose() => draws.Dispose();
}
