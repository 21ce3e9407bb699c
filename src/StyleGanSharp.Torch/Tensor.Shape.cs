namespace StyleGanSharp.Torch;

/// <content>Views and rearrangements. Views share elements with this tensor.</content>
public sealed partial class Tensor
{
    /// <summary>Joins tensors along an existing dimension.</summary>
    public static Tensor Cat(ReadOnlySpan<Tensor> tensors, int dim = 0) => Aten.Cat.Call(tensors.ToArray(), dim);

    /// <summary>Joins tensors of equal shape along a new dimension.</summary>
    public static Tensor Stack(ReadOnlySpan<Tensor> tensors, int dim = 0) => Aten.Stack.Call(tensors.ToArray(), dim);

    /// <summary>The same elements in another shape; one size may be -1. A view where possible.</summary>
    public Tensor Reshape(params ReadOnlySpan<long> sizes) => Aten.Reshape.Call(this, sizes.ToArray());

    /// <summary>Dimensions in another order.</summary>
    public Tensor Permute(params ReadOnlySpan<long> order) => Aten.Permute.Call(this, order.ToArray());

    /// <summary>Two dimensions exchanged.</summary>
    public Tensor Transpose(int first, int second) => Aten.Transpose.Call(this, first, second);

    /// <summary>A new dimension of size one.</summary>
    public Tensor Unsqueeze(int dim) => Aten.Unsqueeze.Call(this, dim);

    /// <summary>Without a dimension of size one.</summary>
    public Tensor Squeeze(int dim) => Aten.Squeeze.Call(this, dim);

    /// <summary>Dimensions of size one repeated without copying; -1 keeps a size.</summary>
    public Tensor Expand(params ReadOnlySpan<long> sizes) => Aten.Expand.Call(this, sizes.ToArray());

    /// <summary>Copies repeated along each dimension.</summary>
    public Tensor Repeat(params ReadOnlySpan<long> times) => Aten.Repeat.Call(this, times.ToArray());

    /// <summary>Every entry along a dimension repeated <paramref name="times"/> times in place.</summary>
    public Tensor RepeatInterleave(long times, int dim) => Aten.RepeatInterleave.Call(this, times, dim);

    /// <summary>One entry along a dimension, which disappears.</summary>
    public Tensor Select(int dim, long index) => Aten.Select.Call(this, dim, index);

    /// <summary>Entries start, start+step, ... below end along a dimension.</summary>
    public Tensor Slice(int dim, long start, long end = long.MaxValue, long step = 1) =>
        Aten.Slice.Call(this, dim, start, end, step);

    /// <summary>Entries along a dimension by their numbers, int64 [k].</summary>
    public Tensor IndexSelect(int dim, Tensor indices) => Aten.IndexSelect.Call(this, dim, indices);

    /// <summary>All entries along a dimension, which disappears.</summary>
    public Tensor[] Unbind(int dim) => Aten.Unbind.CallList(this, dim);

    /// <summary>Entries of the given dimensions in reverse order.</summary>
    public Tensor Flip(params ReadOnlySpan<long> dims) => Aten.Flip.Call(this, dims.ToArray());

    /// <summary>Padded (or, where negative, cropped) by (before, after) pairs, last dimension first.</summary>
    public Tensor Pad(ReadOnlySpan<long> amounts, double value = 0) => Aten.Pad.Call(this, amounts.ToArray(), value);

    /// <summary>A view with sizes, strides and offset given in elements.</summary>
    public Tensor AsStrided(ReadOnlySpan<long> sizes, ReadOnlySpan<long> strides, long offset = 0) =>
        Aten.AsStrided.Call(this, sizes.ToArray(), strides.ToArray(), offset);

    /// <summary>This tensor if its elements lie in the given order without gaps, else a copy that does.</summary>
    public Tensor Contiguous(MemoryFormat format = MemoryFormat.Contiguous) => Aten.Contiguous.Call(this, (int)format);

    /// <summary>A copy with the same order of elements.</summary>
    public Tensor Clone() => Aten.Clone.Call(this);

    /// <summary>A copy with its elements in the given order.</summary>
    public Tensor Clone(MemoryFormat format) => Aten.Clone.Call(this, (int)format);

    /// <summary>Memory for elements of the same shape, dtype, device and layout, without values.</summary>
    public Tensor EmptyLike() => Aten.EmptyLike.Call(this);

    /// <summary>Zeros of this tensor's shape, type and device.</summary>
    public Tensor ZerosLike() => Aten.ZerosLike.Call(this);

    /// <summary>Converted to an element type; this tensor's elements where it has that type.</summary>
    public Tensor To(DType dtype) => DType == dtype ? Alias() : Aten.To.Call(this, dtype);

    /// <summary>Moved to a device; this tensor's elements where it is there.</summary>
    public Tensor To(Device device) => Device == device ? Alias() : Aten.To.Call(this, Argument.None, Argument.None, device);

    /// <summary>
    /// Moved from main memory to a device without waiting for it: a CUDA device fetches the elements from a page-locked copy
    /// while the processor goes on. For what was just made, such as a batch of images.
    /// </summary>
    public Tensor SendTo(Device device)
    {
        if (device.Type != DeviceType.Cuda || Device.Type != DeviceType.Cpu)
        {
            return To(device);
        }

        // libtorch keeps the copy until the device has it.
        using Tensor pinned = Aten.PinMemory.Call(this);
        return Aten.To.Call(pinned, Argument.None, Argument.None, device, Argument.None, true);
    }

    /// <summary>Copies the elements of another tensor (broadcast, converted) into this one.</summary>
    public Tensor CopyInPlace(Tensor source)
    {
        Aten.Copy.CallInPlace(this, source);
        return this;
    }

    /// <summary>
    /// Makes this tensor hold the elements of another one (any shape, type and device), keeping its place among the leaves.
    /// </summary>
    public void ReplaceElements(Tensor source)
    {
        Aten.SetData.CallInPlace(this, source);
        shape = null;
    }
}
