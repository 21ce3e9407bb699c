namespace StyleGanSharp.Data.Datasets;

/// <summary>Decoded images with their labels. Valid until it is disposed, which hands its memory back to the loader.</summary>
public sealed class DatasetBatch : IDisposable
{
    private readonly DatasetLoader loader;

    internal DatasetBatch(DatasetLoader loader, int size, int imageBytes, int labelSize)
    {
        this.loader = loader;
        LabelSize = labelSize;

        // Pinned, so that a copy to a device can read it in place.
        Pixels = GC.AllocateUninitializedArray<byte>(checked(size * imageBytes), pinned: true);
        Labels = new float[size * labelSize];
        Items = new DatasetItem[size];
    }

    /// <summary>Number of images: the batch size, or less in the last batch of an order that ends.</summary>
    public int Count { get; internal set; }

    /// <summary>[N, C, H, W], uint8, mirrored as the items say; the first <see cref="Count"/> images are valid.</summary>
    public byte[] Pixels { get; }

    /// <summary>[N, <see cref="LabelSize"/>], float32: one-hot for classes; empty without labels.</summary>
    public float[] Labels { get; }

    /// <summary>Length of a label vector; 0 without labels.</summary>
    public int LabelSize { get; }

    /// <summary>What each image is, [N]; an image that could not be decoded shows the number of its replacement.</summary>
    public DatasetItem[] Items { get; }

    // The loader's bookkeeping, under its lock.
    internal int Claimed { get; set; }

    internal int Finished { get; set; }

    internal bool IsOut { get; set; }

    /// <summary>Hands the memory back; the arrays will then show another batch.</summary>
    public void Dispose() => loader.Return(this);
}
