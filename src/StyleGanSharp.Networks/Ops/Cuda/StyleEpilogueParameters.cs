using System.Runtime.InteropServices;

namespace StyleGanSharp.Networks.Ops.Cuda;

/// <summary>The parameter of the kernels in <c>style_epilogue.cu</c>, laid out as there.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct StyleEpilogueParameters
{
    internal nint X;
    internal nint Factor;
    internal nint Noise;
    internal nint Bias;
    internal nint Target;
    internal ImageStrides Phases;
    internal long Count;
    internal long Channels, Height, Width;
    internal long NoiseStride;
    internal int ChannelsLast;
    internal float Slope;
    internal float Gain;
    internal float Limit;
    internal float Corner, Edge, Centre;
}
