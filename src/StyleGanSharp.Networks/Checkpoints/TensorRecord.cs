using StyleGanSharp.Networks.Checkpoints.Pickle;
using StyleGanSharp.Networks.Checkpoints.PyTorch;

namespace StyleGanSharp.Networks.Checkpoints;

/// <summary>
/// A tensor of a PyTorch file: a strided view of a storage. Construction proves that every element lies inside the storage and
/// that there are no more elements than the storage holds (PyTorch's "expanded" views are refused: copying them could ask for
/// any amount of memory).
/// </summary>
public sealed class TensorRecord
{
    private const int MaxDimensions = 16;

    private readonly long[] shape;
    private readonly long[] strides;

    private TensorRecord(TorchStorage storage, long offset, long[] shape, long[] strides, bool requiresGrad, bool isParameter)
    {
        (Storage, Offset, this.shape, this.strides) = (storage, offset, shape, strides);
        (RequiresGrad, IsParameter) = (requiresGrad, isParameter);
    }

    /// <summary>The numbers; other tensors may share them.</summary>
    public TorchStorage Storage { get; }

    /// <summary>The number format.</summary>
    public ElementType Element => Storage.Element;

    /// <summary>Position of the first element in the storage, in elements.</summary>
    public long Offset { get; }

    /// <summary>The sizes, at most 16; empty for a single number.</summary>
    public IReadOnlyList<long> Shape => shape;

    /// <summary>Steps in elements, one per dimension, never negative.</summary>
    public IReadOnlyList<long> Strides => strides;

    /// <summary>Whether the file asks for gradients of this tensor (false in all official snapshots).</summary>
    public bool RequiresGrad { get; }

    /// <summary>Whether the tensor was saved as torch.nn.Parameter.</summary>
    public bool IsParameter { get; }

    /// <summary>Number of elements.</summary>
    public long Count => shape.Aggregate(1L, (product, extent) => product * extent);

    /// <summary>Size of the elements in bytes, as <see cref="ToRowMajorBytes"/> returns them.</summary>
    public long ByteCount => Count * Element.Size();

    /// <summary>The elements in row-major order (last index fastest) as little-endian bytes, a new array.</summary>
    public byte[] ToRowMajorBytes() => StridedCopy.ToRowMajor(Storage.Data.Span, Offset, shape, strides, Element.Size());

    /// <summary>The elements in row-major order, a new array; exact except for 64-bit integers beyond 2^53.</summary>
    public double[] ToDoubles()
    {
        byte[] bytes = ToRowMajorBytes();
        int size = Element.Size();
        double[] result = new double[bytes.Length / size];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = Element.ToDouble(bytes.AsSpan(i * size, size));
        }

        return result;
    }

    /// <summary>The bytes of <see cref="ToRowMajorBytes"/>, without a copy where the file holds them in this order.</summary>
    internal ReadOnlySpan<byte> RowMajorBytes() => StridedCopy.IsRowMajor(shape, strides)
        ? Storage.Data.Span.Slice(checked((int)(Offset * Element.Size())), checked((int)ByteCount))
        : ToRowMajorBytes();

    /// <summary>The same view as a parameter.</summary>
    internal TensorRecord AsParameter(bool requiresGrad) => new(Storage, Offset, shape, strides, requiresGrad, isParameter: true);

    /// <summary>Checks the numbers that a file gives for a view.</summary>
    internal static TensorRecord Create(
        PickleCall call, TorchStorage storage, long offset, PickleTuple sizes, PickleTuple steps, bool requiresGrad)
    {
        if (sizes.Count != steps.Count || sizes.Count > MaxDimensions)
        {
            throw call.Error($"A tensor has {sizes.Count} sizes and {steps.Count} strides");
        }

        long[] shape = Extents(call, sizes, "size");
        long[] strides = Extents(call, steps, "stride");
        Int128 last = offset;
        Int128 count = 1;
        for (int i = 0; i < shape.Length; i++)
        {
            last += (Int128)Math.Max(shape[i] - 1, 0) * strides[i];
            count *= shape[i];
            if (count > storage.Count)
            {
                throw call.Error($"A tensor has more elements than its storage ({storage.Count})");
            }
        }

        if (offset < 0 || (count == 0 ? offset > storage.Count : last >= storage.Count))
        {
            throw call.Error($"A tensor reaches beyond its storage of {storage.Count} elements");
        }

        return new TensorRecord(storage, offset, shape, strides, requiresGrad, isParameter: false);
    }

    private static long[] Extents(PickleCall call, PickleTuple values, string meaning)
    {
        long[] result = new long[values.Count];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = values[i] is long and >= 0 and <= int.MaxValue
                ? (long)values[i]!
                : throw call.Error($"A tensor has a {meaning} that is negative or absurd");
        }

        return result;
    }
}
