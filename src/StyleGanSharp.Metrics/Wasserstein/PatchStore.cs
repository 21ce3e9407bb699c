using System.Runtime.InteropServices;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Wasserstein;

/// <summary>
/// Patches of one level of many images, kept in a temporary file that is gone with this object: 16,384 images have 1.2 GB of them
/// on every level. Knows their mean and deviation by color channel.
/// </summary>
internal sealed class PatchStore : IDisposable
{
    // Patches read at a time: 10 MB of three channels.
    private const int Block = 1 << 14;

    private readonly FileStream file;
    private readonly int channels;
    private readonly int pixels;
    private readonly double[] sums;
    private readonly double[] squares;

    /// <summary>Starts with nothing.</summary>
    /// <param name="channels">Color channels.</param>
    /// <param name="pixels">Pixels of a patch.</param>
    /// <param name="folder">Where the file lies.</param>
    internal PatchStore(int channels, int pixels, string folder)
    {
        (this.channels, this.pixels) = (channels, pixels);
        (sums, squares) = (new double[channels], new double[channels]);
        file = new FileStream(
            Path.Combine(folder, $"stylegan-patches-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.ReadWrite,
            FileShare.None, bufferSize: 1 << 16, FileOptions.DeleteOnClose | FileOptions.SequentialScan);
    }

    /// <summary>Patches so far.</summary>
    internal long Count { get; private set; }

    private int Width => channels * pixels;

    /// <summary>Adds one patch.</summary>
    /// <param name="patch">[channels, pixels]</param>
    internal void Add(ReadOnlySpan<float> patch)
    {
        for (int c = 0; c < channels; c++)
        {
            foreach (float value in patch.Slice(c * pixels, pixels))
            {
                sums[c] += value;
                squares[c] += (double)value * value;
            }
        }

        file.Write(MemoryMarshal.AsBytes(patch[..Width]));
        Count++;
    }

    /// <summary>
    /// Projects all patches onto directions, each channel normalised to mean 0 and deviation 1; one that is the same everywhere
    /// is 0.
    /// </summary>
    /// <param name="directions">[D, channels · pixels] float32.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <returns>D arrays of <see cref="Count"/> numbers.</returns>
    internal float[][] Project(Tensor directions, CancellationToken cancel)
    {
        using var scope = new TensorScope();
        double[] means = [.. sums.Select(s => s / (Count * pixels))];
        double[] scales = [.. squares.Select((s, c) => Scale((s / (Count * pixels)) - (means[c] * means[c])))];
        Tensor mean = Tensor.From(means, [channels, 1]), scale = Tensor.From(scales, [channels, 1]);
        var results = new float[directions.Size(0)][];
        for (int d = 0; d < results.Length; d++)
        {
            results[d] = new float[Count];
        }

        file.Position = 0;
        for (int first = 0; first < Count; first += Block)
        {
            cancel.ThrowIfCancellationRequested();
            using var step = new TensorScope();
            int count = (int)Math.Min(Block, Count - first);
            Tensor block = Tensor.Empty([count, channels, pixels]);
            file.ReadExactly(MemoryMarshal.AsBytes(block.AsSpan<float>()));
            Tensor normal = ((block - mean.To(DType.Float32)) * scale.To(DType.Float32)).Reshape(count, Width);
            Tensor projected = directions.MatMul(normal.Transpose(0, 1)); // [D, count]
            ReadOnlySpan<float> values = projected.AsSpan<float>();
            for (int d = 0; d < results.Length; d++)
            {
                values.Slice(d * count, count).CopyTo(results[d].AsSpan(first));
            }
        }

        return results;
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private static double Scale(double variance) => variance > 0 ? 1 / Math.Sqrt(variance) : 0;
}
