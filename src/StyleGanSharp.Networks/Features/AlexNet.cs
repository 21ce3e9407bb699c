using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Features;

/// <summary>
/// The convolutions of AlexNet, under torchvision's names <c>features.N</c>. Source: Krizhevsky, "One weird trick for
/// parallelizing convolutional neural networks" (2014), section 5, the variant for one device.
/// </summary>
internal sealed class AlexNet : PerceptualBackbone
{
    private readonly PlainConv[] convolutions;

    internal AlexNet()
    {
        using var scope = new TensorScope();
        convolutions =
        [
            AddModule("0", new PlainConv(3, 64, kernel: 11, stride: 4, padding: 2)),
            AddModule("3", new PlainConv(64, 192, kernel: 5, padding: 2)),
            AddModule("6", new PlainConv(192, 384, kernel: 3, padding: 1)),
            AddModule("8", new PlainConv(384, 256, kernel: 3, padding: 1)),
            AddModule("10", new PlainConv(256, 256, kernel: 3, padding: 1)),
        ];
    }

    internal override string Name => "alex";

    internal override string Title => "AlexNet";

    internal override IReadOnlyList<int> Channels { get; } = [64, 192, 384, 256, 256];

    // 31 pixels leave 7 after the first convolution, 3 after the first pooling, 1 after the second.
    internal override int LeastSide => 31;

    /// <summary>Activations of all five convolutions.</summary>
    internal override Tensor[] Forward(Tensor x)
    {
        Shape.Require(x, [null, 3, null, null]);
        using var scope = new TensorScope();
        Tensor stage1 = convolutions[0].Forward(x);
        Tensor stage2 = convolutions[1].Forward(Pooled(stage1, size: 3));
        Tensor stage3 = convolutions[2].Forward(Pooled(stage2, size: 3));
        Tensor stage4 = convolutions[3].Forward(stage3);
        return scope.Keep([stage1, stage2, stage3, stage4, convolutions[4].Forward(stage4)]);
    }
}
