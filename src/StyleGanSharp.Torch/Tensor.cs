using StyleGanSharp.Torch.Interop;

namespace StyleGanSharp.Torch;

/// <summary>
/// A libtorch tensor: one native reference with its operations. Belongs to the innermost <see cref="TensorScope"/> in which it
/// was created, or else to the caller.
/// </summary>
public sealed partial class Tensor : IDisposable
{
    private long[]? shape;

    internal Tensor(nint pointer)
    {
        Handle = new TensorHandle(pointer);
        TensorScope.Current?.Adopt(this);
    }

    /// <summary>Number of live tensor references in this process: returns to its start when nothing leaks.</summary>
    public static long LiveCount => TensorHandle.LiveCount;

    /// <summary>Sizes of all dimensions.</summary>
    public ReadOnlySpan<long> Shape
    {
        get
        {
            if (shape is null)
            {
                var sizes = new long[Native.TensorDim(Handle)];
                Native.TensorShape(Handle, sizes, []);
                shape = sizes;
            }

            return shape;
        }
    }

    /// <summary>Distance in elements between neighbours, per dimension.</summary>
    public long[] Strides
    {
        get
        {
            var sizes = new long[Dim];
            var strides = new long[Dim];
            Native.TensorShape(Handle, sizes, strides);
            return strides;
        }
    }

    /// <summary>Number of dimensions.</summary>
    public int Dim => Shape.Length;

    /// <summary>Number of elements.</summary>
    public long Count => Torch.Shape.Count(Shape);

    /// <summary>Element type.</summary>
    public DType DType => Native.TensorDType(Handle);

    /// <summary>Where the elements lie.</summary>
    public Device Device => Native.TensorDevice(Handle);

    /// <summary>Elements lie in row-major order without gaps.</summary>
    public bool IsContiguous => Native.TensorIsContiguous(Handle, channelsLast: false);

    /// <summary>Elements of a [N,C,H,W] tensor lie in N,H,W,C order without gaps.</summary>
    public bool IsChannelsLast => Native.TensorIsContiguous(Handle, channelsLast: true);

    /// <summary>
    /// Counts the changes made to the elements in place: what was derived from them is valid while it stays the same.
    /// </summary>
    public long Version => Native.TensorVersion(Handle);

    /// <summary>Address of the first element; for kernels, valid as long as this tensor lives.</summary>
    public nint DataPointer => Native.TensorData(Handle);

    internal TensorHandle Handle { get; }

    internal TensorScope? Scope { get; set; }

    /// <summary>Size of one dimension; negative numbers count from the last.</summary>
    public long Size(int dim) => Shape[dim < 0 ? dim + Dim : dim];

    /// <summary>
    /// Takes the tensor out of every scope: the caller disposes it. For what outlives the computation, such as parameters.
    /// </summary>
    public Tensor Own()
    {
        Scope = null;
        return this;
    }

    /// <summary>Another reference to the same elements and the same place in the graph, owned by the current scope.</summary>
    public Tensor Alias() => new(Native.TensorAlias(Handle));

    /// <summary>Gives the reference back; the elements live on while libtorch still needs them.</summary>
    public void Dispose() => Handle.Dispose();

    /// <inheritdoc/>
    public override string ToString() => Handle.IsClosed ? "disposed tensor" : $"{DType} {Torch.Shape.Format(Shape)} on {Device}";
}
