using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Features;

/// <summary>
/// Squeeze to few channels by 1x1, then expand by 1x1 and 3x3 side by side, each with a ReLU.
/// Source: Iandola et al., "SqueezeNet: AlexNet-level accuracy with 50x fewer parameters" (2016), section 3.2.
/// </summary>
internal sealed class FireModule : Module
{
    private readonly PlainConv squeeze;
    private readonly PlainConv expand1;
    private readonly PlainConv expand3;

    internal FireModule(int inChannels, int squeezed, int expanded)
    {
        squeeze = AddModule("squeeze", new PlainConv(inChannels, squeezed, kernel: 1));
        expand1 = AddModule("expand1x1", new PlainConv(squeezed, expanded, kernel: 1));
        expand3 = AddModule("expand3x3", new PlainConv(squeezed, expanded, kernel: 3, padding: 1));
    }

    /// <summary>[N, Cin, H, W] to [N, 2 expanded, H, W], not negative.</summary>
    internal Tensor Forward(Tensor x)
    {
        using var scope = new TensorScope();
        x = squeeze.Forward(x);
        return scope.Keep(Tensor.Cat([expand1.Forward(x), expand3.Forward(x)], dim: 1));
    }
}
