using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Faces.Networks;

/// <summary>
/// A block of four convolutions, each of which reads the sum of all before it: densely connected (Huang et al., 2017) with sums
/// in the place of concatenation. Halves width and height.
/// </summary>
internal sealed class DenseBlock : Module
{
    private readonly Conv? full;
    private readonly SeparableConv? strided;
    private readonly SeparableConv[] rest = new SeparableConv[3];

    internal DenseBlock(int inChannels, int outChannels, bool isFirst)
    {
        using var scope = new TensorScope();
        full = isFirst ? AddModule("conv0", new Conv(inChannels, outChannels, kernel: 3, stride: 2)) : null;
        strided = isFirst ? null : AddModule("conv0", new SeparableConv(inChannels, outChannels, stride: 2));
        for (int i = 0; i < rest.Length; i++)
        {
            rest[i] = AddModule($"conv{i + 1}", new SeparableConv(outChannels, outChannels));
        }
    }

    /// <summary>[N, Cin, H, W] to [N, Cout, H/2, W/2], not negative.</summary>
    internal Tensor Forward(Tensor x)
    {
        using var scope = new TensorScope();
        Tensor sum = Functional.Relu(full is not null ? full.Forward(Layers.PadSame(x, 2)) : strided!.Forward(x));
        Tensor output = sum;
        foreach (SeparableConv conv in rest)
        {
            sum += conv.Forward(output);
            output = Functional.Relu(sum);
        }

        return scope.Keep(output);
    }
}

/// <summary>
/// Four dense blocks and one fully connected layer: the landmark and the expression network, which differ in their last layer.
/// </summary>
internal sealed class FeatureBody : Module
{
    /// <summary>Side of the input.</summary>
    internal const int Side = 112;

    private static readonly int[] Channels = [32, 64, 128, 256];

    private readonly DenseBlock[] blocks;
    private readonly Dense output;

    internal FeatureBody(int outputs)
    {
        using var scope = new TensorScope();
        blocks = [.. Channels.Select((count, i) => AddModule(
            $"dense{i}", new DenseBlock(i == 0 ? 3 : Channels[i - 1], count, isFirst: i == 0)))];
        output = AddModule("fc", new Dense(Channels[^1], outputs));
    }

    /// <summary>The outputs, without any activation.</summary>
    /// <param name="x">[N, 3, 112, 112] normalised.</param>
    /// <returns>[N, outputs].</returns>
    internal Tensor Forward(Tensor x)
    {
        Shape.Require(x, [null, 3, Side, Side]);
        using var scope = new TensorScope();
        foreach (DenseBlock block in blocks)
        {
            x = block.Forward(x);
        }

        return scope.Keep(output.Forward(x.Mean([2, 3])));
    }
}
