using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops.Filters;
using StyleGanSharp.Networks.Ops.UpFirDn;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.StyleGan1;

/// <summary>Convolution, with upsampling and blur where it is the first of its resolution, and all that follows it.</summary>
internal sealed class SynthesisLayer : Module
{
    private readonly Conv2dLayer convolution;
    private readonly Tensor? blur;
    private readonly LayerEpilogue epilogue;

    internal SynthesisLayer(
        string name, int inChannels, int outChannels, int resolution, int up, GeneratorOptions options, Initializer init)
    {
        var layer = new Conv2dOptions { HasBias = false, Gain = LayerGain.Active, Up = up, ResampleFilter = [] };
        convolution = AddModule("conv", new Conv2dLayer(inChannels, outChannels, 3, layer, init));
        blur = up > 1 && !options.BlurFilter.IsDefaultOrEmpty
            ? AddBuffer("blur_filter", ResampleFilter.Setup(options.BlurFilter.AsSpan()))
            : null;
        epilogue = AddModule("epilogue", new LayerEpilogue(name, outChannels, resolution, options, init));
    }

    /// <inheritdoc cref="LayerEpilogue.NoiseLayer"/>
    internal NoiseLayer? NoiseLayer => epilogue.NoiseLayer;

    /// <summary>[N, Cin, H, W] and w [N, WDim] to [N, Cout, H, W], twice as large where the layer upsamples.</summary>
    internal Tensor Forward(Tensor x, Tensor w, NoiseInput noise)
    {
        using var scope = new TensorScope();
        x = convolution.Forward(x);
        x = blur is null ? x : UpFirDn2d.Filter(x, blur);
        return scope.Keep(epilogue.Forward(x, w, noise));
    }
}
