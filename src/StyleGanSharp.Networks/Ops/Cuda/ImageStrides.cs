using System.Runtime.InteropServices;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Ops.Cuda;

/// <summary>Elements between neighbours along each dimension of [N, C, H, W], laid out as in <c>elements.cu</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct ImageStrides(long N, long C, long H, long W)
{
    /// <summary>Those of a tensor.</summary>
    internal static ImageStrides Of(Tensor x)
    {
        long[] strides = x.Strides;
        return new ImageStrides(strides[0], strides[1], strides[2], strides[3]);
    }
}
