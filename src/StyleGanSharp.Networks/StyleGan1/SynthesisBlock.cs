using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.StyleGan1;

/// <summary>One resolution of a StyleGAN synthesis network: two layers.</summary>
internal sealed class SynthesisBlock : Module
{
    private readonly InputLayer? input;
    private readonly SynthesisLayer? conv0;
    private readonly SynthesisLayer conv1;
    private readonly ConvolutionLayer? toRgb;

    /// <param name="inChannels">Feature maps of the block below; 0: this is the first block.</param>
    /// <param name="resolution">Width and height.</param>
    /// <param name="options">The network's options.</param>
    /// <param name="init">First values.</param>
    internal SynthesisBlock(int inChannels, int resolution, GeneratorOptions options, Initializer init)
    {
        Resolution = resolution;
        int channels = options.Channels.At(resolution);
        if (inChannels == 0)
        {
            input = AddModule("input", new InputLayer(channels, resolution, options, init));
        }
        else
        {
            conv0 = AddModule(
                "conv0", new SynthesisLayer($"b{resolution}.conv0", inChannels, channels, resolution, 2, options, init));
        }

        conv1 = AddModule("conv1", new SynthesisLayer($"b{resolution}.conv1", channels, channels, resolution, 1, options, init));
        toRgb = options.CanGrow || resolution == options.Resolution
            ? AddModule("torgb", new ConvolutionLayer(channels, options.ImageChannels, 1, init))
            : null;
    }

    internal int Resolution { get; }

    /// <summary>The layers with noise, in their order.</summary>
    internal IEnumerable<NoiseLayer> NoiseLayers =>
        new[] { input is null ? conv0!.NoiseLayer : input.NoiseLayer, conv1.NoiseLayer }.OfType<NoiseLayer>();

    /// <summary>Features of the block below (null in the first block) and two ws, [N, WDim] each, to [N, C, H, W].</summary>
    internal Tensor Forward(Tensor? x, Tensor w0, Tensor w1, NoiseInput noise)
    {
        using var scope = new TensorScope();
        Tensor first = input is not null ? input.Forward(w0, noise) : conv0!.Forward(x!, w0, noise);
        return scope.Keep(conv1.Forward(first, w1, noise));
    }

    /// <summary>Features to colours, [N, C, H, W] to [N, colours, H, W].</summary>
    internal Tensor ToRgb(Tensor x) => toRgb is null
        ? throw new InvalidOperationException(
            $"The network was built for its highest resolution only: it has no colours at {Resolution}x{Resolution}.")
        : toRgb.Forward(x);
}
