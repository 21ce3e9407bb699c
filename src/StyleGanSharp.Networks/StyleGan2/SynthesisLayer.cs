using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.StyleGan2;

/// <summary>
/// Modulated convolution, noise, bias and activation: one style block. Source: Karras et al. (2020), figure 2 (c, d).
/// </summary>
public sealed class SynthesisLayer : ResamplingModule
{
    private readonly string name;
    private readonly int up;
    private readonly int padding;
    private readonly Activation activation;
    private readonly double? clamp;
    private readonly FullyConnected affine;
    private readonly Tensor weight;
    private readonly Tensor bias;
    private readonly Tensor? noiseConst;
    private readonly Tensor? noiseStrength;
    private readonly SixteenBitWeights sixteenBit;
    private PreparedStyleConv2d? prepared;
    private long preparedVersion = -1;
    private long usedVersion = -1;

    /// <summary>Creates the layer.</summary>
    /// <param name="name">Name within the network, under which noise is asked for.</param>
    /// <param name="inChannels">Input feature maps.</param>
    /// <param name="outChannels">Output feature maps.</param>
    /// <param name="resolution">Width and height of the output, in a network that grows from 4x4.</param>
    /// <param name="up">Upsampling factor.</param>
    /// <param name="options">The network's options.</param>
    /// <param name="init">First values.</param>
    public SynthesisLayer(string name, int inChannels, int outChannels, int resolution, int up, GeneratorOptions options, Initializer init)
        : base((options ?? throw new ArgumentNullException(nameof(options))).ResampleFilter.AsSpan())
    {
        ArgumentNullException.ThrowIfNull(init);
        (this.name, this.up, activation, clamp) = (name, up, options.Activation, options.ConvClamp);
        padding = options.KernelSize / 2;
        sixteenBit = new SixteenBitWeights(up > 1, clamp);
        affine = AddModule("affine", new FullyConnected(options.WDim, inChannels, init, biasInit: 1));
        weight = AddParameter("weight", init.Normal([outChannels, inChannels, options.KernelSize, options.KernelSize]));
        if (options.UseNoise)
        {
            noiseConst = AddBuffer("noise_const", init.Normal([options.HeightAt(resolution), options.WidthAt(resolution)]));
            noiseStrength = AddParameter("noise_strength", Tensor.Zeros([]));
        }

        bias = AddParameter("bias", Tensor.Zeros([outChannels]));
    }

    /// <summary>Precision of the convolution, forward and backward.</summary>
    internal Precision Precision
    {
        get;
        set => (field, preparedVersion) = (value, -1);
    }

    /// <summary>Applies the layer. Features of 16 bits stay such ones where nothing is recorded (<see cref="SixteenBits"/>).</summary>
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
        double outputGain = activation.DefaultGain() * gain;
        double? limit = clamp * gain;
        if (SixteenBits.Accepts(x) && form == ModulationForm.Auto && activation == Activation.LeakyRelu)
        {
            return scope.Keep(InSixteenBits(x, styles, unit, outputGain, limit));
        }

        Tensor? added = unit is null ? null : (unit * noiseStrength!).To(x.DType); // [H, W] or [N, 1, H, W]

        return scope.Keep(
            GradMode.IsEnabled && form == ModulationForm.Auto && activation == Activation.LeakyRelu && FastOps.Enabled && x.DType == DType.Float32
                ? RecordedInOnePass(x, styles, added, outputGain, limit)
            : GradMode.IsEnabled || activation != Activation.LeakyRelu ? Recorded(x, styles, added, form, outputGain, limit)
            : form == ModulationForm.Auto && x.DType == DType.Float32 && WithPrepared(x, styles, added, outputGain, limit) is { } fast ? fast
            : InPlace(x, styles, added, form, outputGain, limit));
    }

    private Tensor InSixteenBits(Tensor x, Tensor styles, Tensor? noise, double gain, double? limit)
    {
        var rest = new StyleEpilogueArguments(styles, noise is null ? null : noise * noiseStrength!, bias, Activations.DefaultSlope, limit);
        return SixteenBitConv2d.Apply(x, sixteenBit.For(weight, x.DType), styles, (up > 1 ? Filter : null, up, padding), rest, gain);
    }

    private Tensor Recorded(Tensor x, Tensor styles, Tensor? added, ModulationForm form, double gain, double? limit)
    {
        x = Convolve(x, styles, form, 1);
        x = added is null ? x : x + added;
        return BiasAct.Apply(x, bias.To(x.DType), activation: activation, gain: gain, clamp: limit);
    }

    // Demodulation, noise, bias and activation are one operation of the graph; the gain goes into the small operands.
    private Tensor RecordedInOnePass(Tensor x, Tensor styles, Tensor? added, double gain, double? limit)
    {
        Tensor factor = ModulatedConv2d.Demodulation(weight, styles, gain);
        Tensor y = ConvResample2d.Apply(
            ChannelScale.Apply(x, styles), weight, up > 1 ? Filter : null, up, padding: Padding.All(padding), flipWeight: up == 1,
            precision: Precision);
        var rest = new StyleEpilogueArguments(factor, added is null ? null : added * gain, bias * gain, Activations.DefaultSlope, limit);
        return StyleEpilogueFunction.Apply(y, rest);
    }

    // The leaky ReLU commutes with positive factors: the gain is applied to the small operands (demodulation, noise, bias)
    // instead of the large result, and everything after the convolution works in its memory.
    private Tensor InPlace(Tensor x, Tensor styles, Tensor? added, ModulationForm form, double gain, double? limit)
    {
        x = Convolve(x, styles, form, gain);
        if (added is not null)
        {
            x.AddInPlace(added * gain);
        }

        return BiasAct.ApplyToTemporary(x, bias.To(x.DType) * gain, activation: activation, gain: 1, clamp: limit);
    }

    // Prepared again whenever the weights have changed; every way of changing them counts their version up. The first time it is for once only: many a
    // process makes one picture, and what all layers keep is as large as the network, in memory that has to be cleared first.
    private Tensor? WithPrepared(Tensor x, Tensor styles, Tensor? added, double gain, double? limit)
    {
        if (preparedVersion != weight.Version)
        {
            PreparedStyleConv2d? next = up <= 2 ? PreparedStyleConv2d.Create(weight, up == 2 ? Filter : null, Precision) : null;
            if (next is not null && usedVersion != weight.Version)
            {
                usedVersion = weight.Version;
                using (next)
                {
                    return next.Forward(x, styles, added, bias, Activations.DefaultSlope, gain, limit);
                }
            }

            prepared?.Dispose();
            (prepared, preparedVersion) = (next, weight.Version);
        }

        return prepared?.Forward(x, styles, added, bias, Activations.DefaultSlope, gain, limit);
    }

    // Upsampling layers store their weights for convolution, all others for correlation.
    private Tensor Convolve(Tensor x, Tensor styles, ModulationForm form, double gain) => ModulatedConv2d.Apply(
        x, weight, styles, up > 1 ? Filter : null, up, padding: padding, flipWeight: up == 1, form: form, gain: gain);

    /// <inheritdoc/>
    protected override void OnLoaded()
    {
        (preparedVersion, usedVersion) = (-1, -1);
        sixteenBit.Forget();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        prepared?.Dispose();
        sixteenBit.Dispose();
        base.Dispose(disposing);
    }
}
