using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Features;

/// <summary>
/// The convolutions of SqueezeNet 1.1, under torchvision's names <c>features.N</c>.
/// Source: Iandola et al. (2016), section 4.1 and table 1; version 1.1 as its authors' repository describes it.
/// </summary>
internal sealed class SqueezeNet : PerceptualBackbone
{
    /// <summary>Channels of the last features.</summary>
    internal const int Features = 512;

    // Number within the sequence, input channels, squeezed, expanded on each side.
    private static readonly (int Index, int In, int Squeezed, int Expanded)[] Fires =
    [
        (3, 64, 16, 64), (4, 128, 16, 64), (6, 128, 32, 128), (7, 256, 32, 128),
        (9, 256, 48, 192), (10, 384, 48, 192), (11, 384, 64, 256), (12, 512, 64, 256),
    ];

    private readonly PlainConv first;
    private readonly Dictionary<int, FireModule> fires = [];

    internal SqueezeNet()
    {
        using var scope = new TensorScope();
        first = AddModule("0", new PlainConv(3, 64, kernel: 3, stride: 2));
        foreach ((int index, int inChannels, int squeezed, int expanded) in Fires)
        {
            fires.Add(index, AddModule($"{index}", new FireModule(inChannels, squeezed, expanded)));
        }
    }

    internal override string Name => "squeeze";

    internal override string Title => "SqueezeNet 1.1";

    internal override IReadOnlyList<int> Channels { get; } = [64, 128, 256, 384, 384, 512, Features];

    internal override int LeastSide => 17;

    /// <summary>Activations after the layers 1 (before the first pooling), 4, 7, 9, 10, 11 and 12.</summary>
    internal override Tensor[] Forward(Tensor x)
    {
        Shape.Require(x, [null, 3, null, null]);
        using var scope = new TensorScope();
        Tensor stage1 = first.Forward(x);
        Tensor stage2 = fires[4].Forward(fires[3].Forward(Pooled(stage1, size: 3, partial: true)));
        Tensor stage3 = fires[7].Forward(fires[6].Forward(Pooled(stage2, size: 3, partial: true)));
        Tensor stage4 = fires[9].Forward(Pooled(stage3, size: 3, partial: true));
        Tensor stage5 = fires[10].Forward(stage4);
        Tensor stage6 = fires[11].Forward(stage5);
        return scope.Keep([stage1, stage2, stage3, stage4, stage5, stage6, fires[12].Forward(stage6)]);
    }
}
