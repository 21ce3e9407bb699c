using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Networks.Ops.Modulation;
using StyleGanSharp.Networks.Ops.UpFirDn;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.StyleGan2;

/// <summary>One resolution of a StyleGAN2 synthesis network.</summary>
public sealed class SynthesisBlock : ResamplingModule
{
    private static readonly double ResidualGain = Math.Sqrt(0.5);

    private readonly Architecture architecture;
    private readonly int imageChannels;
    private readonly (int Width, int Height) size;
    private readonly Tensor? constant;
    private readonly SynthesisLayer? conv0;
    private readonly SynthesisLayer conv1;
    private readonly ToRgbLayer? toRgb;
    private readonly Conv2dLayer? skip;
    private readonly double? clamp;

    /// <summary>Creates the block.</summary>
    /// <param name="inChannels">
    /// Feature maps of the block below; 0: this is the first block, which starts from a constant.
    /// </param>
    /// <param name="resolution">Width and height of the block.</param>
    /// <param name="options">The network's options.</param>
    /// <param name="init">First values.</param>
    public SynthesisBlock(int inChannels, int resolution, GeneratorOptions options, Initializer init)
        : base((options ?? throw new ArgumentNullException(nameof(options))).ResampleFilter.AsSpan())
    {
        ArgumentNullException.ThrowIfNull(init);
        int channels = options.Channels.At(resolution);
        (Resolution, architecture, imageChannels) = (resolution, options.Architecture, options.ImageChannels);
        clamp = options.ConvClamp;
        size = (options.WidthAt(resolution), options.HeightAt(resolution));
        if (inChannels == 0)
        {
            constant = AddParameter("const", init.Normal([channels, options.HeightAt(resolution), options.WidthAt(resolution)]));
        }
        else
        {
            conv0 = AddModule(
                "conv0", new SynthesisLayer($"b{resolution}.conv0", inChannels, channels, resolution, 2, options, init));
        }

        conv1 = AddModule("conv1", new SynthesisLayer($"b{resolution}.conv1", channels, channels, resolution, 1, options, init));
        if (architecture == Architecture.Skip || resolution == options.Resolution)
        {
            toRgb = AddModule("torgb", new ToRgbLayer(channels, options, init));
        }

        if (inChannels > 0 && architecture == Architecture.Resnet)
        {
            var skipOptions = new Conv2dOptions { HasBias = false, Up = 2, ResampleFilter = options.ResampleFilter };
            skip = AddModule("skip", new Conv2dLayer(inChannels, channels, 1, skipOptions, init));
        }
    }

    /// <summary>Width and height, in a network that grows from 4x4.</summary>
    public int Resolution { get; }

    /// <summary>Convolutions, each controlled by a w of its own.</summary>
    public int NumConv => conv0 is null ? 1 : 2;

    /// <summary>
    /// 1 where the block has a ToRGB layer: it reads the next w, which the next block's first convolution reads too.
    /// </summary>
    public int NumToRgb => toRgb is null ? 0 : 1;

    /// <summary>The layers with noise, in their order.</summary>
    internal IEnumerable<NoiseLayer> NoiseLayers =>
        new[] { conv0?.NoiseLayer, conv1.NoiseLayer }.OfType<NoiseLayer>();

    /// <summary>Precision of the convolutions where nothing is recorded.</summary>
    internal Precision Precision
    {
        get => conv1.Precision;
        set
        {
            conv1.Precision = value;
            conv0?.Precision = value;
        }
    }

    /// <summary>Type that the features are kept in where nothing is recorded: float16 or bfloat16; null: the input's.</summary>
    internal DType? Features16 { get; set; }

    /// <summary>Applies the block.</summary>
    /// <param name="x">Features of the block below, [N, Cin, H/2, W/2]; null in the first block.</param>
    /// <param name="image">Image so far, [N, colours, H/2, W/2]; null where there is none.</param>
    /// <param name="ws">[N, NumConv + NumToRgb, WDim] float32.</param>
    /// <param name="noise">Source of the noise.</param>
    /// <param name="form">How modulated convolutions are computed.</param>
    /// <returns>Features [N, Cout, H, W] and the image so far, [N, colours, H, W], null where there is none yet.</returns>
    public (Tensor Features, Tensor? Image) Forward(
        Tensor? x, Tensor? image, Tensor ws, NoiseInput noise, ModulationForm form = ModulationForm.Auto)
    {
        ArgumentNullException.ThrowIfNull(ws);
        using var scope = new TensorScope();
        x = Features(x, ws, noise, form);

        // Output.
        if (image is not null)
        {
            Shape.Require(image, [null, imageChannels, size.Height / 2, size.Width / 2]);
            image = UpFirDn2d.Upsample(image, Filter, (2, 2));
        }

        if (toRgb is not null)
        {
            Tensor colours = Colours(x, ws, form);
            image = image is null ? colours : image + colours;
        }

        return (scope.Keep(x), image is null ? null : scope.Keep(image));
    }

    /// <summary>The colours of this resolution alone, [N, colours, H, W].</summary>
    internal Tensor Colours(Tensor x, Tensor ws, ModulationForm form) => toRgb!.Forward(x, ws.Select(1, NumConv), form);

    /// <summary>The features alone, [N, Cout, H, W].</summary>
    internal Tensor Features(Tensor? x, Tensor ws, NoiseInput noise, ModulationForm form)
    {
        Tensor last = ws.Select(1, NumConv - 1);
        if (constant is not null)
        {
            x = Cast(constant.Unsqueeze(0).Repeat(ws.Size(0), 1, 1, 1)); // [N, C, 4, 4] unless the options say otherwise
            return conv1.Forward(x, last, noise, form);
        }

        ArgumentNullException.ThrowIfNull(x);
        x = Cast(x);
        if (skip is null)
        {
            return conv1.Forward(conv0!.Forward(x, ws.Select(1, 0), noise, form), last, noise, form);
        }

        Tensor residual = skip.Forward(x, ResidualGain);
        x = conv0!.Forward(x, ws.Select(1, 0), noise, form);
        return residual + conv1.Forward(x, last, noise, form, ResidualGain);
    }

    private Tensor Cast(Tensor x) => Features16 is DType type && !GradMode.IsEnabled ? SixteenBits.Cast(x, type, clamp) : x;
}
