using System.Runtime.InteropServices;

namespace StyleGanSharp.Networks.Ops.Cuda;

/// <summary>The parameter of the kernel <c>upfirdn2d</c>, laid out as there.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct UpFirDn2dParameters
{
    internal nint X;
    internal nint Filter;
    internal nint Target;
    internal ImageStrides Strides;
    internal ImageStrides TargetStrides;
    internal long Count;
    internal int Channels, Height, Width;
    internal int TargetHeight, TargetWidth;
    internal int TapsX, TapsY;
    internal int UpX, UpY;
    internal int DownX, DownY;
    internal int PadX, PadY;
    internal int Reverse;
    internal int ChannelsLast;
    internal float Gain;
}
