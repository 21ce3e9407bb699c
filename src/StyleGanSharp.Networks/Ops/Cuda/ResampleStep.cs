using System.Runtime.InteropServices;

namespace StyleGanSharp.Networks.Ops.Cuda;

/// <summary>One of the two filters of the kernel <c>filtered_lrelu</c>, laid out as there.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ResampleStep
{
    internal nint Filter;
    internal int Factor;
    internal int TapsX, TapsY;
    internal int Separable;
    internal int Reverse;
    internal int OffsetX, OffsetY;
}
