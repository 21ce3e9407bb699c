using StyleGanSharp.Metrics.Samples;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Statistics;

/// <summary>A row of numbers of every image, in one block that is allocated at once: memory is known before the work.</summary>
/// <param name="count">Images at most.</param>
/// <param name="size">Numbers per image.</param>
/// <param name="rows">The rows of a batch, [N, size].</param>
/// <param name="kind">What they are and in which space; null: they are not kept.</param>
internal sealed class RowsStatistic(int count, int size, Func<ImageBatch, Tensor> rows, string? kind) : ICachedStatistic
{
    // Rows of 10,000 images with 4,096 features just fit; more would fill a disk for little.
    private const long LargestKept = 192L << 20;

    private readonly Tensor block = Tensor.Empty([count, size]).Own();
    private int filled;

    /// <inheritdoc/>
    public string? Kind => kind is null || (long)count * size * sizeof(float) > LargestKept ? null : $"rows;{kind}";

    /// <summary>[images, size] float32; a view on the statistic, in the current scope.</summary>
    internal Tensor Value => block.Slice(0, 0, filled);

    /// <inheritdoc/>
    public void Add(ImageBatch batch)
    {
        using var scope = new TensorScope();
        Tensor values = rows(batch).To(Device.Cpu).To(DType.Float32);
        block.Slice(0, filled, filled + batch.Count).CopyInPlace(values);
        filled += batch.Count;
    }

    /// <inheritdoc/>
    public void Write(string path, string key) => RowsFile.Write(path, key, Value);

    /// <inheritdoc/>
    public bool TryRead(string path, string key, int count)
    {
        using var scope = new TensorScope();
        if (RowsFile.Read(path, key, count, size) is not { } read)
        {
            return false;
        }

        block.Slice(0, 0, count).CopyInPlace(read);
        filled = count;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => block.Dispose();
}
