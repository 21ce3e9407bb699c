using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Faces.Networks;

/// <summary>
/// The detector: six convolutions with leaky ReLU and max pooling, then one 1x1 convolution that describes five boxes for every
/// cell of 32x32 pixels. The design is that of Tiny YOLO v2 (Redmon and Farhadi, "YOLO9000", 2016) with separable convolutions
/// and no classes.
/// </summary>
internal sealed class DetectorNetwork : Module
{
    /// <summary>Side of a cell in pixels of the input.</summary>
    internal const int CellSize = 32;

    /// <summary>Numbers for every anchor: x, y, width, height, score.</summary>
    internal const int Fields = 5;

    // Float32's nearest number to 0.1, which is what the weights were trained with.
    private const double Slope = 0.10000000149011612;
    private const int Separable = 5;

    /// <summary>Width and height of the anchors, in cells.</summary>
    internal static readonly (double Width, double Height)[] Anchors =
        [(1.603231, 2.094468), (6.041143, 7.080126), (2.882459, 3.518061), (4.266906, 5.178857), (9.041765, 10.66308)];

    private readonly Conv first;
    private readonly SeparableConv[] middle = new SeparableConv[Separable];
    private readonly Conv last;

    internal DetectorNetwork()
    {
        using var scope = new TensorScope();
        int channels = 16;
        first = AddModule("conv0", new Conv(3, channels, kernel: 3));
        for (int i = 0; i < Separable; i++, channels *= 2)
        {
            middle[i] = AddModule($"conv{i + 1}", new SeparableConv(channels, channels * 2));
        }

        last = AddModule("conv8", new Conv(channels, Anchors.Length * Fields, kernel: 1));
    }

    /// <summary>The raw outputs.</summary>
    /// <param name="x">[N, 3, S, S] normalised, S a multiple of 32.</param>
    /// <returns>[N, 25, S/32, S/32], channel = anchor * 5 + field; before sigmoid and exp.</returns>
    internal Tensor Forward(Tensor x)
    {
        Shape.Require(x, [null, 3, null, null]);
        using var scope = new TensorScope();
        x = Functional.LeakyReluInPlace(first.Forward(x), Slope);
        foreach (SeparableConv conv in middle)
        {
            x = Functional.LeakyReluInPlace(conv.Forward(Layers.MaxPool(x, 2, 2, partial: true)), Slope);
        }

        // The last pooling keeps the size: one row and one column more, which never win.
        x = Layers.MaxPool(x.Pad([0, 1, 0, 1], double.NegativeInfinity), 2, 1, partial: false);
        return scope.Keep(last.Forward(x));
    }
}
