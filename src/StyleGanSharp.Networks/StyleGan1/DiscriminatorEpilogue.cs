using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.StyleGan1;

/// <summary>The last block of a StyleGAN discriminator: 4x4 features to one logit per class.</summary>
internal sealed class DiscriminatorEpilogue : Module
{
    internal const int Resolution = 4;

    private readonly DiscriminatorOptions options;
    private readonly ConvolutionLayer? fromRgb;
    private readonly ConvolutionLayer conv;
    private readonly FullyConnected fc;
    private readonly FullyConnected output;

    internal DiscriminatorEpilogue(DiscriminatorOptions options, Initializer init)
    {
        this.options = options;
        int channels = options.Channels.At(Resolution), features = options.Channels.At(Resolution / 2);
        int statistics = HasStatistic ? options.MbStdNumChannels : 0;
        fromRgb = options.CanGrow
            ? AddModule("fromrgb", new ConvolutionLayer(options.ImageChannels, channels, 1, init, options.Activation))
            : null;
        conv = AddModule("conv", new ConvolutionLayer(channels + statistics, channels, 3, init, options.Activation));
        fc = AddModule("fc", new FullyConnected(
            channels * Resolution * Resolution, features, init, options.Activation, LayerGain.Of(options.Activation)));
        output = AddModule("out", new FullyConnected(features, Math.Max(options.CDim, 1), init));
    }

    private bool HasStatistic => options.MbStdGroupSize > 1;

    /// <summary>[N, C, 4, 4] to [N, max(CDim, 1)].</summary>
    internal Tensor Forward(Tensor x)
    {
        using var scope = new TensorScope();
        x = HasStatistic ? Tensor.Cat([x, MinibatchStd.Apply(x, options.MbStdGroupSize, options.MbStdNumChannels)], 1) : x;
        x = conv.Forward(x);
        return scope.Keep(output.Forward(fc.Forward(x.Reshape(x.Size(0), -1))));
    }

    /// <summary>Images, [N, colours, 4, 4], to features.</summary>
    internal Tensor FromRgb(Tensor image) => fromRgb is null
        ? throw new InvalidOperationException(
            "The network was built for its highest resolution only: it reads no smaller images.")
        : fromRgb.Forward(image);
}
