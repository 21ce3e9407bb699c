using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Faces.Networks;

/// <summary>
/// Two separable convolutions and a pooling beside a strided 1x1 convolution: a block of Xception (Chollet, 2016, figure 5).
/// </summary>
internal sealed class ReductionBlock : Module
{
    private readonly SeparableConv first;
    private readonly SeparableConv second;
    private readonly Conv expansion;
    private readonly bool startsWithRelu;

    internal ReductionBlock(int inChannels, int outChannels, bool startsWithRelu)
    {
        using var scope = new TensorScope();
        first = AddModule("separable_conv0", new SeparableConv(inChannels, outChannels));
        second = AddModule("separable_conv1", new SeparableConv(outChannels, outChannels));
        expansion = AddModule("expansion_conv", new Conv(inChannels, outChannels, kernel: 1, stride: 2));
        this.startsWithRelu = startsWithRelu;
    }

    /// <summary>[N, Cin, H, W] to [N, Cout, H/2, W/2]; H and W are even.</summary>
    internal Tensor Forward(Tensor x)
    {
        using var scope = new TensorScope();
        Tensor main = first.Forward(startsWithRelu ? Functional.Relu(x) : x);
        main = second.Forward(Functional.Relu(main));
        return scope.Keep(Layers.MaxPool(main, 3, 2, partial: true) + expansion.Forward(x));
    }
}

/// <summary>Three separable convolutions beside the identity: a block of Xception's middle flow.</summary>
internal sealed class MainBlock : Module
{
    private readonly SeparableConv[] convolutions;

    internal MainBlock(int channels)
    {
        using var scope = new TensorScope();
        convolutions = [.. Enumerable.Range(0, 3).Select(
            i => AddModule($"separable_conv{i}", new SeparableConv(channels, channels)))];
    }

    /// <summary>[N, C, H, W] to the same shape.</summary>
    internal Tensor Forward(Tensor x)
    {
        using var scope = new TensorScope();
        Tensor main = x;
        foreach (SeparableConv convolution in convolutions)
        {
            main = convolution.Forward(Functional.Relu(main));
        }

        return scope.Keep(main + x);
    }
}

/// <summary>Age in years and logits of the genders, by a small Xception.</summary>
internal sealed class AgeGenderNetwork : Module
{
    private readonly Conv first;
    private readonly ReductionBlock[] entry;
    private readonly MainBlock[] middle;
    private readonly ReductionBlock exit;
    private readonly SeparableConv last;
    private readonly Dense age;
    private readonly Dense gender;

    internal AgeGenderNetwork()
    {
        using var scope = new TensorScope();
        first = AddModule("entry_flow.conv_in", new Conv(3, 32, kernel: 3, stride: 2));
        entry =
        [
            AddModule("entry_flow.reduction_block_0", new ReductionBlock(32, 64, startsWithRelu: false)),
            AddModule("entry_flow.reduction_block_1", new ReductionBlock(64, 128, startsWithRelu: true)),
        ];
        middle = [AddModule("middle_flow.main_block_0", new MainBlock(128)), AddModule(
            "middle_flow.main_block_1", new MainBlock(128))];
        exit = AddModule("exit_flow.reduction_block", new ReductionBlock(128, 256, startsWithRelu: true));
        last = AddModule("exit_flow.separable_conv", new SeparableConv(256, 512));
        age = AddModule("fc.age", new Dense(512, 1));
        gender = AddModule("fc.gender", new Dense(512, 2));
    }

    /// <summary>The outputs.</summary>
    /// <param name="x">[N, 3, 112, 112] normalised.</param>
    /// <returns>[N, 1] years, without limits; [N, 2] logits of male and female.</returns>
    internal (Tensor Age, Tensor Gender) Forward(Tensor x)
    {
        Shape.Require(x, [null, 3, FeatureBody.Side, FeatureBody.Side]);
        using var scope = new TensorScope();
        x = Functional.Relu(first.Forward(Layers.PadSame(x, 2)));
        x = entry[1].Forward(entry[0].Forward(x));
        x = middle[1].Forward(middle[0].Forward(x));
        x = Functional.Relu(last.Forward(exit.Forward(x))).Mean([2, 3]); // [N, 512]
        return (scope.Keep(age.Forward(x)), scope.Keep(gender.Forward(x)));
    }
}
