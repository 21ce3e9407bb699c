using System.Runtime.InteropServices;

namespace StyleGanSharp.Networks.Ops.Cuda;

/// <summary>The parameter of the kernel <c>bias_act</c>, laid out as there.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BiasActParameters
{
    internal nint X;
    internal nint Bias;
    internal nint Gradient;
    internal nint Tangent;
    internal nint Target;
    internal long Count;
    internal long Step;
    internal long Channels;
    internal int Order;
    internal int Activation;
    internal int FromResult;
    internal float Slope;
    internal float Gain;
    internal float Limit;
}
