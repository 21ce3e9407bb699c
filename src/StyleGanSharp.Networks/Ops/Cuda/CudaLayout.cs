using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Ops.Cuda;

/// <summary>Orders of elements in memory: kernels work in the one they find and hand it on.</summary>
internal static class CudaLayout
{
    /// <summary>Whether images lie in channels-last order and in no other.</summary>
    internal static bool IsChannelsLast(Tensor x) => x.Dim == 4 && !x.IsContiguous && x.IsChannelsLast;

    /// <summary>The tensor itself where it has no gaps, row-major or channels-last; else a row-major copy.</summary>
    internal static Tensor Dense(Tensor x) => IsChannelsLast(x) ? x.Alias() : x.Contiguous();

    /// <summary>The elements of one tensor in the order of another one, which is dense.</summary>
    internal static Tensor Like(Tensor x, Tensor order) =>
        x.Contiguous(IsChannelsLast(order) ? MemoryFormat.ChannelsLast : MemoryFormat.Contiguous);

    /// <summary>A tensor of the same shape and order with unspecified elements.</summary>
    internal static Tensor EmptyLike(Tensor x) =>
        IsChannelsLast(x) ? EmptyImages(x, x.Size(0), x.Size(1), x.Size(2), x.Size(3)) : Tensor.Empty(x.Shape, x.DType, x.Device);

    /// <summary>Images [N, C, H, W] in the order, type and place of others, with unspecified elements.</summary>
    internal static Tensor EmptyImages(Tensor like, long n, long c, long h, long w)
    {
        if (!IsChannelsLast(like))
        {
            return Tensor.Empty([n, c, h, w], like.DType, like.Device);
        }

        using Tensor plain = Tensor.Empty([n, h, w, c], like.DType, like.Device);
        return plain.Permute(0, 3, 1, 2);
    }
}
