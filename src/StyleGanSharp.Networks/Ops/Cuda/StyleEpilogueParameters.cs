using System.Runtime.InteropServices;

namespace StyleGanSharp.Networks.Ops.Cuda;

/// <summary>The parameter of the kernel <c>style_epilogue</c>, laid out as there.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct StyleEpilogueParameters
{
    internal nint X;
    internal nint Factor;
    internal nint Noise;
    internal nint Bias;
    internal nint Target;
    internal long Count;
    internal long Channels, Height, Width;
    internal long NoiseStride;
    internal int ChannelsLast;
    internal float Slope;
    internal float Gain;
    internal float Limit;
}
