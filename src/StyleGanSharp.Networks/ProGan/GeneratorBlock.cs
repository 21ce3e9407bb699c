using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.ProGan;

/// <summary>The layers of one resolution: two of features and one of colours. Source: Karras et al. (2018), table 2.</summary>
internal sealed class GeneratorBlock : Module
{
    private readonly GeneratorOptions options;
    private readonly DenseLayer? dense;
    private readonly ConvLayer? conv0;
    private readonly ConvLayer conv1;
    private readonly ConvLayer toRgb;

    public GeneratorBlock(int resolution, GeneratorOptions options, Initializer init)
    {
        this.options = options;
        bool scaled = options.UseWeightScale;
        int channels = options.Channels.Channels(resolution);
        if (resolution == LevelOfDetail.LastResolution)
        {
            dense = AddModule("dense", new DenseLayer(options.Latents + options.CDim, channels, resolution, LayerGain.Input, scaled, init));
            conv1 = AddModule("conv", new ConvLayer(channels, channels, 3, LayerGain.Active, scaled, init));
        }
        else
        {
            conv0 = AddModule("conv0", new ConvLayer(options.Channels.Channels(resolution / 2), channels, 3, LayerGain.Active, scaled, init));
            conv1 = AddModule("conv1", new ConvLayer(channels, channels, 3, LayerGain.Active, scaled, init));
        }

        toRgb = AddModule("torgb", new ConvLayer(channels, options.ImageChannels, 1, LayerGain.Linear, scaled, init));
    }

    /// <summary>Features of half the resolution, or the latent [N, ZDim + CDim], to features of this resolution.</summary>
    public Tensor Forward(Tensor x)
    {
        using var scope = new TensorScope();
        x = Normalize(conv0 is null ? dense!.Forward(x, options.Activation) : conv0.Forward(Boxes.Repeat(x), options.Activation));
        return scope.Keep(Normalize(conv1.Forward(x, options.Activation)));
    }

    /// <summary>Features to colours.</summary>
    public Tensor ToRgb(Tensor x) => toRgb.Forward(x, Activation.Linear);

    private Tensor Normalize(Tensor x) => options.UsePixelNorm ? SecondMoment.Normalize(x, epsilon: options.PixelNormEpsilon) : x;
}
