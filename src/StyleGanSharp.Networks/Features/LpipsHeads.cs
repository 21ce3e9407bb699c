using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Features;

/// <summary>The learned weights of the channels of each stage, under the names <c>linN.model.1.weight</c>.</summary>
internal sealed class LpipsHeads : Module
{
    private readonly Tensor[] weights;

    internal LpipsHeads(IReadOnlyList<int> channels)
    {
        using var scope = new TensorScope();
        weights = [.. channels.Select((count, i) => AddBuffer($"{i}.model.1.weight", Tensor.Empty([1, count, 1, 1]))!)];
    }

    /// <summary>The weights of one stage, [1, C, 1, 1], not negative.</summary>
    internal Tensor this[int stage] => weights[stage];
}
