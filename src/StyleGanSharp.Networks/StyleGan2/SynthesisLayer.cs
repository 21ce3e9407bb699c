using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Networks.Ops.Modulation;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.StyleGan2;

/// <summary>
/// Modulated convolution, noise, bias and activation: one style block. Source: Karras et al. (2020), figure 2 (c, d).
/// </summary>
public sealed class SynthesisLayer : ResamplingModule
{
    private readonly string name;
    private readonly FullyConnected affine;
    private readonly Tensor? noiseConst;
    private readonly Tensor? noiseStrength;
    private readonly StyleConv2d convolution;

    /// <summary>Creates the layer.</summary>
    /// <param name="name">Name within the network, under which noise is asked for.</param>
    /// <param name="inChannels">Input feature maps.</param>
    /// <param name="outChannels">Output feature maps.</param>
    /// <param name="resolution">Width and height of the output, in a network that grows from 4x4.</param>
    /// <param name="up">Upsampling factor.</param>
    /// <param name="options">The network's options.</param>
    /// <param name="init">First values.</param>
    public SynthesisLayer(
        string name, int inChannels, int outChannels, int resolution, int up, GeneratorOptions options, Initializer init)
        : base((options ?? throw new ArgumentNullException(nameof(options))).ResampleFilter.AsSpan())
    {
        ArgumentNullException.ThrowIfNull(init);
        this.name = name;
        affine = AddModule("affine", new FullyConnected(options.WDim, inChannels, init, biasInit: 1));
        Tensor weight = AddParameter("weight", init.Normal([outChannels, inChannels, options.KernelSize, options.KernelSize]));
        if (options.UseNoise)
        {
            noiseConst = AddBuffer("noise_const", init.Normal([options.HeightAt(resolution), options.WidthAt(resolution)]));
            noiseStrength = AddParameter("noise_strength", Tensor.Zeros([]));
        }

        Tensor bias = AddParameter("bias", Tensor.Zeros([outChannels]));
        convolution = new StyleConv2d(weight, bias, up > 1 ? Filter : null, up, options.Activation, options.ConvClamp);
    }

    /// <summary>Under which name noise is asked for, and what is stored; null: the layer has none.</summary>
    internal NoiseLayer? NoiseLayer => noiseConst is null ? null : new NoiseLayer(name, noiseConst);

    /// <summary>Precision of the convolution, forward and backward.</summary>
    internal Precision Precision
    {
        get => convolution.Precision;
        set => convolution.Precision = value;
    }

    /// <summary>
    /// Applies the layer. Features of 16 bits stay such ones where nothing is recorded (<see cref="SixteenBits"/>).
    /// </summary>
    /// <param name="x">[N, Cin, H, W], floating point.</param>
    /// <param name="w">[N, WDim] float32.</param>
    /// <param name="noise">Source of the noise.</param>
    /// <param name="form">How the modulated convolution is computed.</param>
    /// <param name="gain">Further factor of the result; the clamp grows with it.</param>
    /// <returns>[N, Cout, H·up, W·up].</returns>
    public Tensor Forward(Tensor x, Tensor w, NoiseInput noise, ModulationForm form = ModulationForm.Auto, double gain = 1)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(noise);
        using var scope = new TensorScope();
        Tensor styles = affine.Forward(w);                                        // [N, Cin]
        Tensor? unit = noiseConst is null ? null : noise.For(name, noiseConst, x.Size(0));
        return scope.Keep(convolution.Apply(x, styles, unit is null ? null : unit * noiseStrength!, form, gain));
    }

    /// <inheritdoc/>
    protected override void OnLoaded() => convolution.Forget();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        convolution.Dispose();
        base.Dispose(disposing);
    }
}
