using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops.Bias;
using StyleGanSharp.Networks.Ops.UpFirDn;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.StyleGan2;

/// <summary>One resolution of a StyleGAN2 discriminator: halves the image.</summary>
public sealed class DiscriminatorBlock : ResamplingModule
{
    private static readonly double ResidualGain = Math.Sqrt(0.5);

    private readonly Architecture architecture;
    private readonly Conv2dLayer? fromRgb;
    private readonly Conv2dLayer conv0;
    private readonly Conv2dLayer conv1;
    private readonly Conv2dLayer? skip;

    /// <summary>Creates the block.</summary>
    /// <param name="inChannels">Feature maps of the block above; 0: this block sees the image first.</param>
    /// <param name="resolution">Width and height of the block's input.</param>
    /// <param name="firstLayer">Number of this block's first layer, counted from the image: decides which are frozen.</param>
    /// <param name="options">The network's options.</param>
    /// <param name="init">First values.</param>
    public DiscriminatorBlock(int inChannels, int resolution, int firstLayer, DiscriminatorOptions options, Initializer init)
        : base((options ?? throw new ArgumentNullException(nameof(options))).ResampleFilter.AsSpan())
    {
        Resolution = resolution;
        architecture = options.Architecture;
        int channels = options.Channels.At(resolution);
        int outChannels = options.Channels.At(resolution / 2);
        var shared = new Conv2dOptions
        {
            Activation = options.Activation,
            Clamp = options.ConvClamp,
            ResampleFilter = options.ResampleFilter,
        };

        // Layers count in the order of construction.
        Conv2dLayer Next(string name, int from, int to, int kernel, Conv2dOptions layer) => AddModule(
            name, new Conv2dLayer(
                from, to, kernel, layer with { Trainable = firstLayer + NumLayers++ >= options.FreezeLayers }, init));

        fromRgb = inChannels == 0 || architecture == Architecture.Skip
            ? Next("fromrgb", options.ImageChannels, channels, 1, shared) : null;
        conv0 = Next("conv0", channels, channels, 3, shared);
        conv1 = Next("conv1", channels, outChannels, 3, shared with { Down = 2 });
        skip = architecture == Architecture.Resnet
            ? Next("skip", channels, outChannels, 1,
                shared with { Down = 2, HasBias = false, Activation = Activation.Linear, Clamp = null })
            : null;
    }

    /// <summary>Width and height of the block's input.</summary>
    public int Resolution { get; }

    /// <summary>Layers of this block.</summary>
    public int NumLayers { get; private set; }

    /// <summary>Precision of its convolutions; colours stay float32.</summary>
    internal Precision Precision
    {
        get => conv0.Precision;
        set
        {
            (conv0.Precision, conv1.Precision) = (value, value);
            skip?.Precision = value;
        }
    }

    /// <summary>Applies the block.</summary>
    /// <param name="x">Features of the block above, [N, C, H, W]; null in the first block.</param>
    /// <param name="image">The image, [N, colours, H, W]; null where it is not needed any more.</param>
    /// <returns>Features [N, Cout, H/2, W/2] and the image for the next block.</returns>
    public (Tensor Features, Tensor? Image) Forward(Tensor? x, Tensor? image)
    {
        using var scope = new TensorScope();
        if (fromRgb is not null)
        {
            Shape.Require(image!, [null, null, Resolution, Resolution]);
            Tensor seen = FromRgb(image!);
            x = x is null ? seen : x + seen;
            image = architecture == Architecture.Skip ? scope.Keep(UpFirDn2d.Downsample(image!, Filter, (2, 2))) : null;
        }

        return (scope.Keep(Features(x!)), image);
    }

    /// <summary>An image of the block's resolution to features, [N, C, H, W].</summary>
    internal Tensor FromRgb(Tensor image) => fromRgb!.Forward(image);

    /// <summary>[N, C, H, W] to [N, Cout, H/2, W/2].</summary>
    internal Tensor Features(Tensor x)
    {
        if (skip is null)
        {
            return conv1.Forward(conv0.Forward(x));
        }

        Tensor residual = skip.Forward(x, ResidualGain);
        return residual + conv1.Forward(conv0.Forward(x), ResidualGain);
    }
}
