using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops.Bias;
using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Networks.Ops.Modulation;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.StyleGan2;

/// <summary>
/// Features to colours: a modulated 1x1 convolution without demodulation. Source: Karras et al. (2020), section 4.1.
/// </summary>
public sealed class ToRgbLayer : Module
{
    private readonly FullyConnected affine;
    private readonly Tensor weight;
    private readonly Tensor bias;
    private readonly double styleGain;
    private readonly double? clamp;

    /// <summary>Creates the layer.</summary>
    /// <param name="inChannels">Input feature maps.</param>
    /// <param name="options">The network's options.</param>
    /// <param name="init">First values.</param>
    public ToRgbLayer(int inChannels, GeneratorOptions options, Initializer init)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(init);
        affine = AddModule("affine", new FullyConnected(options.WDim, inChannels, init, biasInit: 1));
        weight = AddParameter("weight", init.Normal([options.ImageChannels, inChannels, 1, 1]));
        bias = AddParameter("bias", Tensor.Zeros([options.ImageChannels]));
        clamp = options.ConvClamp;

        // Without demodulation nothing restores the variance: the equalised-learning-rate gain does, applied to the styles.
        styleGain = 1 / Math.Sqrt(inChannels);
    }

    /// <summary>Applies the layer.</summary>
    /// <param name="x">[N, Cin, H, W], floating point.</param>
    /// <param name="w">[N, WDim] float32.</param>
    /// <param name="form">How the modulated convolution is computed.</param>
    /// <returns>
    /// [N, colours, H, W], dtype of <paramref name="x"/>; of features of 16 bits float32, where nothing is recorded.
    /// </returns>
    public Tensor Forward(Tensor x, Tensor w, ModulationForm form = ModulationForm.Auto)
    {
        using var scope = new TensorScope();
        Tensor styles = affine.Forward(w) * styleGain;                       // [N, Cin]
        if (SixteenBits.Accepts(x) && form == ModulationForm.Auto)
        {
            return scope.Keep(BiasAct.ApplyToTemporary(SixteenBitConv2d.Colours(x, weight, styles, clamp), bias, clamp: clamp));
        }

        if (!GradMode.IsEnabled && form == ModulationForm.Auto && ColourProjection.Accepts(x))
        {
            return scope.Keep(ColourProjection.Apply(x, styles.Unsqueeze(1) * weight.Squeeze(3).Squeeze(2), bias, clamp));
        }

        x = ModulatedConv2d.Apply(x, weight, styles, demodulate: false, form: form);
        return scope.Keep(BiasAct.ApplyToTemporary(x, bias.To(x.DType), clamp: clamp));
    }
}
