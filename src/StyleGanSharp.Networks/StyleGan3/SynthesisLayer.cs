using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops.AliasFree;
using StyleGanSharp.Networks.Ops.Bias;
using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Networks.Ops.Filters;
using StyleGanSharp.Networks.Ops.Modulation;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.StyleGan3;

/// <summary>Modulated convolution and filtered nonlinearity; ToRGB is one too. Source: Karras et al. (2021), figure 4b.</summary>
public sealed class SynthesisLayer : Module
{
    private readonly FullyConnected affine;
    private readonly Tensor weight;
    private readonly Tensor bias;
    private readonly Tensor magnitudeEma;
    private readonly Tensor? upFilter;
    private readonly Tensor? downFilter;
    private readonly double? clamp;
    private readonly double beta;
    private readonly SixteenBitWeights sixteenBit;

    /// <summary>Creates the layer.</summary>
    /// <param name="geometry">Sizes and rates.</param>
    /// <param name="options">The network's options.</param>
    /// <param name="init">First values.</param>
    public SynthesisLayer(LayerGeometry geometry, GeneratorOptions options, Initializer init)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(init);
        Geometry = geometry;
        (clamp, beta) = (options.ConvClamp, options.MagnitudeEmaBeta);
        sixteenBit = new SixteenBitWeights(upsamples: false, clamp);
        LayerGeometry g = geometry;
        weight = AddParameter("weight", init.Normal([g.OutChannels, g.InChannels, g.KernelSize, g.KernelSize]));
        bias = AddParameter("bias", Tensor.Zeros([g.OutChannels]));
        affine = AddModule("affine", new FullyConnected(options.WDim, g.InChannels, init, biasInit: 1));
        magnitudeEma = AddBuffer("magnitude_ema", Tensor.Ones([]))!;
        upFilter = AddBuffer(
            "up_filter", LowpassFilter.Create(g.UpTaps, g.InCutoff, g.InHalfWidth * 2, g.TemporarySamplingRate, radial: false));
        downFilter = AddBuffer(
            "down_filter", LowpassFilter.Create(
                g.DownTaps, g.OutCutoff, g.OutHalfWidth * 2, g.TemporarySamplingRate, g.DownRadial));
    }

    /// <summary>Sizes, rates and filters.</summary>
    public LayerGeometry Geometry { get; }

    /// <summary>Precision of the convolution where nothing is recorded.</summary>
    internal Precision Precision { get; set; }

    /// <summary>
    /// Applies the layer. Features of 16 bits stay such ones where nothing is recorded (<see cref="SixteenBits"/>); colours are
    /// float32.
    /// </summary>
    /// <param name="x">[N, InChannels, InSize, InSize], floating point.</param>
    /// <param name="w">[N, WDim] float32.</param>
    /// <param name="form">How the modulated convolution is computed.</param>
    /// <param name="updateAverages">Let the batch move the average magnitude of the input first (training).</param>
    /// <returns>[N, OutChannels, OutSize, OutSize].</returns>
    /// <exception cref="ShapeException"><paramref name="x"/> has another shape.</exception>
    public Tensor Forward(Tensor x, Tensor w, ModulationForm form = ModulationForm.Auto, bool updateAverages = false)
    {
        Shape.Require(x, [null, Geometry.InChannels, Geometry.InSize, Geometry.InSize]);
        if (updateAverages)
        {
            UpdateMagnitude(x);
        }

        using var scope = new TensorScope();
        Tensor styles = affine.Forward(w);                                                   // [N, Cin]
        if (Geometry.IsToRgb)
        {
            // Without demodulation nothing restores the variance: the equalised-learning-rate gain does, applied to the styles.
            styles = styles / Math.Sqrt(Geometry.InChannels * Geometry.KernelSize * Geometry.KernelSize);
        }

        if (SixteenBits.Accepts(x) && form == ModulationForm.Auto)
        {
            return scope.Keep(InSixteenBits(x, styles));
        }

        Tensor y = ModulatedConv2dAliasFree.Apply(
            x, weight, styles, magnitudeEma.RSqrt(), Geometry.KernelSize - 1, demodulate: !Geometry.IsToRgb, form, Precision);
        (double gain, double slope) = Geometry.IsToRgb ? (1, 1) : (Math.Sqrt(2), Activations.DefaultSlope);
        return scope.Keep(FilteredLrelu.Apply(
            y, upFilter, downFilter, bias.To(y.DType), Geometry.UpFactor, Geometry.DownFactor, Geometry.Padding, gain, slope,
            clamp));
    }

    private Tensor InSixteenBits(Tensor x, Tensor styles)
    {
        Tensor inputGain = magnitudeEma.RSqrt();
        if (Geometry.IsToRgb)
        {
            Tensor colours = SixteenBitConv2d.Colours(x, weight, styles * inputGain, clamp);
            return FilteredLrelu.Apply(
                colours, upFilter, downFilter, bias, Geometry.UpFactor, Geometry.DownFactor, Geometry.Padding, gain: 1, slope: 1,
                clamp);
        }

        Tensor unitStyles = styles * styles.Square().Mean().RSqrt();
        Tensor y = SixteenBitConv2d.ApplyAliasFree(
            x, sixteenBit.For(weight, x.DType, ModulatedConv2dAliasFree.UnitMagnitude), unitStyles, inputGain,
            Geometry.KernelSize - 1, out Tensor factor);
        return FilteredLrelu.ApplyScaled(
            y, factor, upFilter, downFilter, bias, Geometry.UpFactor, Geometry.DownFactor, Geometry.Padding, Math.Sqrt(2),
            Activations.DefaultSlope,
            SixteenBits.Limit(x.DType, clamp));
    }

    // The mean square of everything that enters the layer, instead of a normalisation of each image (Karras et al. 2021, section
    // 2).
    private void UpdateMagnitude(Tensor x)
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        Tensor current = x.Detach().To(DType.Float32).Square().Mean();
        magnitudeEma.CopyInPlace(current.Lerp(magnitudeEma, beta));
    }

    /// <inheritdoc/>
    protected override void OnLoaded() => sixteenBit.Forget();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        sixteenBit.Dispose();
        base.Dispose(disposing);
    }
}
