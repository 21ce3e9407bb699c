using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.StyleGan2;

/// <summary>The last block of a StyleGAN2 discriminator: 4x4 features to logits.</summary>
public sealed class DiscriminatorEpilogue : Module
{
    private readonly DiscriminatorOptions options;
    private readonly int cmapDim;
    private readonly Conv2dLayer? fromRgb;
    private readonly Conv2dLayer conv;
    private readonly FullyConnected fc;
    private readonly FullyConnected output;

    /// <summary>Creates the block.</summary>
    /// <param name="channels">Feature maps.</param>
    /// <param name="cmapDim">Size of the projected label; 0: none.</param>
    /// <param name="resolution">Width and height of the input.</param>
    /// <param name="options">The network's options.</param>
    /// <param name="init">First values.</param>
    public DiscriminatorEpilogue(int channels, int cmapDim, int resolution, DiscriminatorOptions options, Initializer init)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options;
        this.cmapDim = cmapDim;
        if (options.Architecture == Architecture.Skip)
        {
            fromRgb = AddModule("fromrgb", new Conv2dLayer(
                options.ImageChannels, channels, 1, new Conv2dOptions { Activation = options.Activation }, init));
        }

        conv = AddModule("conv", new Conv2dLayer(
            channels + options.MbStdNumChannels, channels, 3,
            new Conv2dOptions { Activation = options.Activation, Clamp = options.ConvClamp }, init));
        fc = AddModule("fc", new FullyConnected(
            channels * resolution * resolution, channels, init, activation: options.Activation));
        output = AddModule("out", new FullyConnected(channels, cmapDim == 0 ? 1 : cmapDim, init));
    }

    /// <summary>Applies the block.</summary>
    /// <param name="x">[N, C, 4, 4] float32.</param>
    /// <param name="image">The downsampled image (skip architecture); null: it is not looked at.</param>
    /// <param name="cmap">Mapped labels, or the labels themselves, [N, cmapDim] (conditional).</param>
    /// <returns>Logits, [N, 1].</returns>
    public Tensor Forward(Tensor x, Tensor? image, Tensor? cmap)
    {
        using var scope = new TensorScope();
        x = conv.Forward(WithStatistic(x, image));
        x = output.Forward(fc.Forward(x.Reshape(x.Size(0), -1)));

        // Conditioning by projection (Miyato and Koyama, "cGANs with Projection Discriminator", 2018), or by picking a class's
        // logit.
        double gain = options.LabelOutput == LabelOutput.Projected ? 1 / Math.Sqrt(cmapDim) : 1;
        return scope.Keep(cmapDim == 0 ? x : (x * cmap!).Sum([1], keepDim: true) * gain);
    }

    /// <summary>An image of 4x4 pixels to features, [N, C, 4, 4].</summary>
    internal Tensor FromRgb(Tensor image) => fromRgb!.Forward(image);

    /// <summary>
    /// The features with the image's share (skip architecture) and the minibatch statistic appended, [N, C + F, 4, 4].
    /// </summary>
    internal Tensor WithStatistic(Tensor x, Tensor? image)
    {
        using var scope = new TensorScope();
        Tensor features = fromRgb is null || image is null ? x.Alias() : x + FromRgb(image);
        return scope.Keep(options.MbStdNumChannels == 0
            ? features
            : Tensor.Cat([features, MinibatchStd.Apply(features, options.MbStdGroupSize, options.MbStdNumChannels)], 1));
    }
}
