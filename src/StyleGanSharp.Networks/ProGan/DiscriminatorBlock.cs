using StyleGanSharp.Networks.Growing;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Networks.Ops.Bias;
using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.ProGan;

/// <summary>The layers of one resolution above 4x4, or the last ones. Source: Karras et al. (2018), table 2.</summary>
internal sealed class DiscriminatorBlock : Module
{
    private readonly DiscriminatorOptions options;
    private readonly Conv2dLayer fromRgb;
    private readonly Conv2dLayer? conv0;
    private readonly Conv2dLayer? conv1;
    private readonly Conv2dLayer? conv;
    private readonly FullyConnected? dense0;
    private readonly FullyConnected? dense1;

    public DiscriminatorBlock(int resolution, DiscriminatorOptions options, Initializer init)
    {
        this.options = options;
        bool scaled = options.UseWeightScale;
        var leaky = new Conv2dOptions
        {
            Activation = Activation.LeakyRelu,
            Gain = LayerGain.Active,
            ResampleFilter = [],
            Equalized = scaled,
        };
        int channels = options.Channels.At(resolution), next = options.Channels.At(resolution / 2);
        fromRgb = AddModule("fromrgb", new Conv2dLayer(options.ImageChannels, channels, 1, leaky, init));
        if (resolution > LevelOfDetail.LastResolution)
        {
            conv0 = AddModule("conv0", new Conv2dLayer(channels, channels, 3, leaky, init));
            conv1 = AddModule("conv1", new Conv2dLayer(channels, next, 3, leaky, init));
            return;
        }

        int statistic = options.MbStdGroupSize is null ? 0 : 1;
        conv = AddModule("conv", new Conv2dLayer(channels + statistic, channels, 3, leaky, init));
        dense0 = AddModule("dense0", new FullyConnected(
            channels * resolution * resolution, next, init, Activation.LeakyRelu, LayerGain.Active, equalized: scaled));
        dense1 = AddModule("dense1", new FullyConnected(
            next, 1 + options.LabelLogits, init, Activation.Linear, LayerGain.Linear, equalized: scaled));
    }

    /// <summary>Colours to features of this resolution.</summary>
    public Tensor FromRgb(Tensor image) => fromRgb.Forward(image);

    /// <summary>Features to features of half the resolution; at 4x4 to [N, 1 + label logits].</summary>
    public Tensor Forward(Tensor x)
    {
        using var scope = new TensorScope();
        if (conv is not null)
        {
            x = options.MbStdGroupSize is int group ? Tensor.Cat([x, MinibatchStd.Apply(x, group)], 1) : x;
            x = conv.Forward(x);
            x = dense0!.Forward(x.Reshape(x.Size(0), -1));                 // [N, next]
            return scope.Keep(dense1!.Forward(x));
        }

        x = conv0!.Forward(x);
        return scope.Keep(options.FusedScale
            ? conv1!.Finish(Boxes.Average(conv1.Convolve(x)))
            : Boxes.Average(conv1!.Forward(x)));
    }
}
