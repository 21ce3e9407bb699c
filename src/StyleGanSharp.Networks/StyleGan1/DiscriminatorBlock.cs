using StyleGanSharp.Networks.Ops.Filters;
using StyleGanSharp.Networks.Ops.UpFirDn;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.StyleGan1;

/// <summary>One resolution of a StyleGAN discriminator: halves the features.</summary>
internal sealed class DiscriminatorBlock : Module
{
    private readonly ConvolutionLayer conv0;
    private readonly ConvolutionLayer conv1;
    private readonly ConvolutionLayer? fromRgb;
    private readonly Tensor? blur;

    internal DiscriminatorBlock(int resolution, DiscriminatorOptions options, Initializer init)
    {
        int channels = options.Channels.At(resolution), outChannels = options.Channels.At(resolution / 2);
        fromRgb = options.CanGrow || resolution == options.Resolution
            ? AddModule("fromrgb", new ConvolutionLayer(options.ImageChannels, channels, 1, init, options.Activation))
            : null;
        conv0 = AddModule("conv0", new ConvolutionLayer(channels, channels, 3, init, options.Activation));
        blur = options.BlurFilter.IsDefaultOrEmpty
            ? null : AddBuffer("blur_filter", ResampleFilter.Setup(options.BlurFilter.AsSpan()));
        conv1 = AddModule("conv1", new ConvolutionLayer(channels, outChannels, 3, init, options.Activation, down: 2));
    }

    /// <summary>[N, C, H, W] to [N, Cout, H/2, W/2].</summary>
    internal Tensor Forward(Tensor x)
    {
        using var scope = new TensorScope();
        x = conv0.Forward(x);
        x = blur is null ? x : UpFirDn2d.Filter(x, blur);
        return scope.Keep(conv1.Forward(x));
    }

    /// <summary>Images, [N, colours, H, W], to features.</summary>
    internal Tensor FromRgb(Tensor image) => fromRgb is null
        ? throw new InvalidOperationException(
            "The network was built for its highest resolution only: it reads no smaller images.")
        : fromRgb.Forward(image);
}
