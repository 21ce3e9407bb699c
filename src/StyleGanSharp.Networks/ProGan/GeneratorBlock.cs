using StyleGanSharp.Networks.Growing;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Networks.Ops.Bias;
using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.ProGan;

/// <summary>The layers of one resolution: two of features and one of colours. Source: Karras et al. (2018), table 2.</summary>
internal sealed class GeneratorBlock : Module
{
    private readonly GeneratorOptions options;
    private readonly FullyConnected? dense;
    private readonly Conv2dLayer? conv0;
    private readonly Conv2dLayer conv1;
    private readonly Conv2dLayer toRgb;

    public GeneratorBlock(int resolution, GeneratorOptions options, Initializer init)
    {
        this.options = options;
        bool scaled = options.UseWeightScale;
        var active = new Conv2dOptions
        {
            Activation = options.Activation,
            Gain = LayerGain.Active,
            ResampleFilter = [],
            Equalized = scaled,
        };
        int channels = options.Channels.At(resolution);
        if (resolution == LevelOfDetail.LastResolution)
        {
            dense = AddModule("dense", new FullyConnected(
                options.Latents + options.CDim, channels, init, options.Activation, LayerGain.Input, equalized: scaled,
                side: resolution));
            conv1 = AddModule("conv", new Conv2dLayer(channels, channels, 3, active, init));
        }
        else
        {
            conv0 = AddModule("conv0", new Conv2dLayer(options.Channels.At(resolution / 2), channels, 3, active, init));
            conv1 = AddModule("conv1", new Conv2dLayer(channels, channels, 3, active, init));
        }

        toRgb = AddModule("torgb", new Conv2dLayer(
            channels, options.ImageChannels, 1, active with { Activation = Activation.Linear, Gain = LayerGain.Linear }, init));
    }

    /// <summary>Features of half the resolution, or the latent [N, ZDim + CDim], to features of this resolution.</summary>
    public Tensor Forward(Tensor x)
    {
        using var scope = new TensorScope();
        x = Normalize(conv0 is null ? dense!.Forward(x) : conv0.Forward(Boxes.Repeat(x)));
        return scope.Keep(Normalize(conv1.Forward(x)));
    }

    /// <summary>Features to colours.</summary>
    public Tensor ToRgb(Tensor x) => toRgb.Forward(x);

    private Tensor Normalize(Tensor x) => options.UsePixelNorm ? SecondMoment.Normalize(x, epsilon: options.PixelNormEpsilon) : x;
}
