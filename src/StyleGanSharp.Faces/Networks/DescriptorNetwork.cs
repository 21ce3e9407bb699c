using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Faces.Networks;

/// <summary>
/// A convolution with bias, then a scale and an offset for each channel: a batch normalisation whose statistics are fixed.
/// </summary>
internal sealed class ScaledConv : Module
{
    private readonly Tensor filters;
    private readonly Tensor bias;
    private readonly Tensor scale;
    private readonly Tensor offset;
    private readonly int stride;
    private readonly int padding;

    internal ScaledConv(int inChannels, int outChannels, int kernel, int stride, int padding)
    {
        filters = AddBuffer("conv.filters", Tensor.Empty([outChannels, inChannels, kernel, kernel]))!;
        bias = AddBuffer("conv.bias", Tensor.Empty([outChannels]))!;
        scale = AddBuffer("scale.weights", Tensor.Empty([outChannels]))!;
        offset = AddBuffer("scale.biases", Tensor.Empty([outChannels]))!;
        (this.stride, this.padding) = (stride, padding);
    }

    /// <summary>[N, Cin, H, W] to [N, Cout, H', W'].</summary>
    internal Tensor Forward(Tensor x)
    {
        using var scope = new TensorScope();
        x = Functional.Conv2d(x, filters, bias, (stride, stride), (padding, padding));
        return scope.Keep((x * scale.Reshape(-1, 1, 1)) + offset.Reshape(-1, 1, 1));
    }
}

/// <summary>Two convolutions beside the identity (He et al., 2015), which halves the image where the block does.</summary>
internal sealed class ResidualBlock : Module
{
    private readonly ScaledConv first;
    private readonly ScaledConv second;
    private readonly bool halves;
    private readonly int added;

    internal ResidualBlock(int inChannels, int outChannels, bool halves)
    {
        using var scope = new TensorScope();
        first = AddModule("conv1", new ScaledConv(inChannels, outChannels, 3, stride: halves ? 2 : 1, padding: halves ? 0 : 1));
        second = AddModule("conv2", new ScaledConv(outChannels, outChannels, 3, stride: 1, padding: 1));
        (this.halves, added) = (halves, outChannels - inChannels);
    }

    /// <summary>[N, Cin, H, W] to [N, Cout, H', W'], not negative.</summary>
    internal Tensor Forward(Tensor x)
    {
        using var scope = new TensorScope();
        Tensor main = second.Forward(Functional.Relu(first.Forward(x)));
        if (halves)
        {
            // Channels that the identity lacks are zero, and so are the row and the column that the unpadded convolution lacks.
            x = Layers.Halve(x).Pad([0, 0, 0, 0, 0, added]);
            long missing = x.Size(2) - main.Size(2);
            main = missing > 0 ? main.Pad([0, missing, 0, missing]) : main;
        }

        return scope.Keep(Functional.Relu(main + x));
    }
}

/// <summary>
/// 128 numbers that are near each other for images of one person: the residual network of dlib (Davis King, 2017).
/// </summary>
internal sealed class DescriptorNetwork : Module
{
    /// <summary>Side of the input.</summary>
    internal const int Side = 150;

    /// <summary>Numbers of a descriptor.</summary>
    internal const int Size = 128;

    private const string Down = "down";

    private static readonly (string Name, int In, int Out)[] Blocks =
    [
        ("conv32_1", 32, 32), ("conv32_2", 32, 32), ("conv32_3", 32, 32),
        ("conv64_down", 32, 64), ("conv64_1", 64, 64), ("conv64_2", 64, 64), ("conv64_3", 64, 64),
        ("conv128_down", 64, 128), ("conv128_1", 128, 128), ("conv128_2", 128, 128),
        ("conv256_down", 128, 256), ("conv256_1", 256, 256), ("conv256_2", 256, 256), ("conv256_down_out", 256, 256),
    ];

    private readonly ScaledConv first;
    private readonly ResidualBlock[] blocks;
    private readonly Tensor output;

    internal DescriptorNetwork()
    {
        using var scope = new TensorScope();
        first = AddModule("conv32_down", new ScaledConv(3, 32, 7, stride: 2, padding: 0));
        blocks = [.. Blocks.Select(b => AddModule(
            b.Name, new ResidualBlock(b.In, b.Out, halves: b.Name.Contains(Down, StringComparison.Ordinal))))];
        output = AddBuffer("fc", Tensor.Empty([Size, 256]))!;
    }

    /// <summary>The descriptors.</summary>
    /// <param name="x">[N, 3, 150, 150] normalised.</param>
    /// <returns>[N, 128], not normalised.</returns>
    internal Tensor Forward(Tensor x)
    {
        Shape.Require(x, [null, 3, Side, Side]);
        using var scope = new TensorScope();
        x = Layers.MaxPool(Functional.Relu(first.Forward(x)), 3, 2, partial: false);
        foreach (ResidualBlock block in blocks)
        {
            x = block.Forward(x);
        }

        return scope.Keep(Functional.Linear(x.Mean([2, 3]), output, null));
    }
}
