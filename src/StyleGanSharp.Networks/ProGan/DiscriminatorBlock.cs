using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.ProGan;

/// <summary>The layers of one resolution above 4x4, or the last ones. Source: Karras et al. (2018), table 2.</summary>
internal sealed class DiscriminatorBlock : Module
{
    private const Activation Leaky = Activation.LeakyRelu;

    private readonly DiscriminatorOptions options;
    private readonly ConvLayer fromRgb;
    private readonly ConvLayer? conv0;
    private readonly ConvLayer? conv1;
    private readonly ConvLayer? conv;
    private readonly DenseLayer? dense0;
    private readonly DenseLayer? dense1;

    public DiscriminatorBlock(int resolution, DiscriminatorOptions options, Initializer init)
    {
        this.options = options;
        bool scaled = options.UseWeightScale;
        int channels = options.Channels.Channels(resolution), next = options.Channels.Channels(resolution / 2);
        fromRgb = AddModule("fromrgb", new ConvLayer(options.ImageChannels, channels, 1, LayerGain.Active, scaled, init));
        if (resolution > LevelOfDetail.LastResolution)
        {
            conv0 = AddModule("conv0", new ConvLayer(channels, channels, 3, LayerGain.Active, scaled, init));
            conv1 = AddModule("conv1", new ConvLayer(channels, next, 3, LayerGain.Active, scaled, init));
            return;
        }

        int statistic = options.MbStdGroupSize is null ? 0 : 1;
        conv = AddModule("conv", new ConvLayer(channels + statistic, channels, 3, LayerGain.Active, scaled, init));
        dense0 = AddModule("dense0", new DenseLayer(channels * resolution * resolution, next, 1, LayerGain.Active, scaled, init));
        dense1 = AddModule("dense1", new DenseLayer(next, 1 + options.LabelLogits, 1, LayerGain.Linear, scaled, init));
    }

    /// <summary>Colours to features of this resolution.</summary>
    public Tensor FromRgb(Tensor image) => fromRgb.Forward(image, Leaky);

    /// <summary>Features to features of half the resolution; at 4x4 to [N, 1 + label logits].</summary>
    public Tensor Forward(Tensor x)
    {
        using var scope = new TensorScope();
        if (conv is not null)
        {
            x = options.MbStdGroupSize is int group ? Tensor.Cat([x, MinibatchStd.Apply(x, group)], 1) : x;
            x = conv.Forward(x, Leaky);
            x = dense0!.Forward(x.Reshape(x.Size(0), -1), Leaky);                 // [N, next]
            return scope.Keep(dense1!.Forward(x, Activation.Linear));
        }

        x = conv0!.Forward(x, Leaky);
        return scope.Keep(options.FusedScale
            ? conv1!.Finish(Boxes.Average(conv1.Convolve(x)), Leaky)
            : Boxes.Average(conv1!.Forward(x, Leaky)));
    }
}
