using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Equivariance;

/// <summary>Functions and operators of signal processing that the filters are built of.</summary>
internal static class Signals
{
    private static readonly Operator SincOperator = new("aten::sinc");
    private static readonly Operator ForwardTransform = new("aten::fft_rfft2");
    private static readonly Operator InverseTransform = new("aten::fft_irfft2");

    /// <summary>sin(πx) / (πx), 1 at 0.</summary>
    internal static Tensor Sinc(Tensor x) => SincOperator.Call(x);

    /// <summary>sinc(x / a) for |x| below a, else 0.</summary>
    internal static Tensor LanczosWindow(Tensor x, int a) => Sinc((x / a).Clamp(-1, 1));

    /// <summary>Cyclic convolution of two real signals [H, W] of even width.</summary>
    internal static Tensor Convolve(Tensor a, Tensor b)
    {
        using var scope = new TensorScope();
        return scope.Keep(InverseTransform.Call(ForwardTransform.Call(a) * ForwardTransform.Call(b)));
    }
}
