using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Layers;

/// <summary>
/// Convolution with equalised learning rate, optional resampling, bias, activation and clamp: the layer of discriminators and of
/// residual skips. Source: Karras et al. (2018), section 4.1; resampling as in Karras et al. (2020), appendix B.
/// </summary>
public sealed class Conv2dLayer : ResamplingModule
{
    private readonly Tensor weight;
    private readonly Tensor? bias;
    private readonly Conv2dOptions options;
    private readonly double weightGain;
    private readonly int padding;

    /// <summary>Creates the layer.</summary>
    /// <param name="inChannels">Input channels.</param>
    /// <param name="outChannels">Output channels.</param>
    /// <param name="kernelSize">Width and height of the kernel, odd.</param>
    /// <param name="options">Everything else.</param>
    /// <param name="init">First values.</param>
    public Conv2dLayer(int inChannels, int outChannels, int kernelSize, Conv2dOptions options, Initializer init)
        : base((options ?? throw new ArgumentNullException(nameof(options))).ResampleFilter.AsSpan())
    {
        ArgumentNullException.ThrowIfNull(init);
        this.options = options;
        weight = Add("weight", init.Normal([outChannels, inChannels, kernelSize, kernelSize]));
        bias = options.HasBias ? Add("bias", Tensor.Zeros([outChannels])) : null;
        weightGain = 1 / Math.Sqrt((double)inChannels * kernelSize * kernelSize);
        padding = kernelSize / 2;
    }

    /// <summary>Precision of the convolution, forward and backward.</summary>
    internal Precision Precision { get; set; }

    /// <summary>Applies the layer.</summary>
    /// <param name="x">[N, Cin, H, W], floating point.</param>
    /// <param name="gain">Further factor of the result; the clamp grows with it.</param>
    /// <returns>[N, Cout, H·up/down, W·up/down], dtype of <paramref name="x"/>.</returns>
    public Tensor Forward(Tensor x, double gain = 1)
    {
        Shape.Require(x, [null, weight.Size(1), null, null]);
        using var scope = new TensorScope();

        // Upsampling layers store their weights for convolution, all others for correlation.
        Tensor w = (weight * weightGain).To(x.DType);
        x = ConvResample2d.Apply(
            x, w, options.Up > 1 || options.Down > 1 ? Filter : null, options.Up, options.Down, Padding.All(padding), flipWeight: options.Up == 1,
            precision: Precision);
        return scope.Keep(BiasAct.ApplyToTemporary(
            x, bias?.To(x.DType), activation: options.Activation, gain: options.Activation.DefaultGain() * gain, clamp: options.Clamp * gain));
    }

    // A frozen layer keeps its values as buffers: saved, never trained.
    private Tensor Add(string name, Tensor value) => options.Trainable ? AddParameter(name, value) : AddBuffer(name, value)!;
}
