using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Features;

/// <summary>The learned weights of the channels of each stage, under the names <c>linN.model.1.weight</c>.</summary>
internal sealed class LpipsHeads : Module
{
    private static readonly int[] Channels = [64, 128, 256, 384, 384, 512, 512];

    private readonly Tensor[] weights;

    internal LpipsHeads()
    {
        using var scope = new TensorScope();
        weights = [.. Channels.Select((channels, i) => AddBuffer($"{i}.model.1.weight", Tensor.Empty([1, channels, 1, 1]))!)];
    }

    /// <summary>The weights of one stage, [1, C, 1, 1].</summary>
    internal Tensor this[int stage] => weights[stage];
}
