using System.Runtime.InteropServices;

namespace StyleGanSharp.Networks.Ops.Cuda;

/// <summary>The parameter of the kernel <c>filtered_lrelu</c>, laid out as there.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FilteredLreluParameters
{
    internal nint X;
    internal nint Factor;
    internal nint Bias;
    internal nint Target;
    internal nint Mask;
    internal ResampleStep Up, Down;
    internal ImageStrides Strides, TargetStrides;
    internal long MaskPitch;
    internal int Channels, Height, Width;
    internal int HighHeight, HighWidth;
    internal int TargetHeight, TargetWidth;
    internal int TileHeight, TileWidth;
    internal int MaskUse;
    internal float Scale;
    internal float Gain, Slope;
    internal float Limit;
}
