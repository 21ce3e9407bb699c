using StyleGanSharp.Networks.Ops.Bias;
using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Networks.Ops.Filters;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Layers;

/// <summary>
/// Convolution with equalised learning rate, optional resampling, bias, activation and clamp: the layer of discriminators, of
/// residual skips, and of the generators of ProGAN and StyleGAN. Source: Karras et al. (2018), section 4.1; resampling as in
/// Karras et al. (2020), appendix B, or by boxes of 2x2 pixels.
/// </summary>
public sealed class Conv2dLayer : Module
{
    private readonly Tensor? filter;
    private readonly Tensor weight;
    private readonly Tensor? bias;
    private readonly Conv2dOptions options;
    private readonly double weightGain;
    private readonly double outputGain;
    private readonly int padding;

    /// <summary>Creates the layer.</summary>
    /// <param name="inChannels">Input channels.</param>
    /// <param name="outChannels">Output channels.</param>
    /// <param name="kernelSize">Width and height of the kernel, odd.</param>
    /// <param name="options">Everything else.</param>
    /// <param name="init">First values.</param>
    public Conv2dLayer(int inChannels, int outChannels, int kernelSize, Conv2dOptions options, Initializer init)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(init);
        this.options = options;
        filter = options.ResampleFilter.IsEmpty
            ? null : AddBuffer("resample_filter", ResampleFilter.Setup(options.ResampleFilter.AsSpan()));
        double scale = (options.Gain ?? 1) / Math.Sqrt((double)inChannels * kernelSize * kernelSize);
        weight = Add("weight", init.Normal([outChannels, inChannels, kernelSize, kernelSize], options.Equalized ? 1 : scale));
        bias = options.HasBias ? Add("bias", Tensor.Zeros([outChannels])) : null;
        weightGain = options.Equalized ? scale : 1;
        outputGain = options.Gain is null ? options.Activation.DefaultGain() : 1;
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
        using var scope = new TensorScope();
        return scope.Keep(Finish(Convolve(x), gain));
    }

    /// <summary>The convolution alone, [N, Cin, H, W] to [N, Cout, H·up/down, W·up/down].</summary>
    internal Tensor Convolve(Tensor x)
    {
        Shape.Require(x, [null, weight.Size(1), null, null]);
        using var scope = new TensorScope();
        Tensor w = (weight * weightGain).To(x.DType);
        return scope.Keep(filter is null ? Boxed(x, w) : Filtered(x, w, filter));
    }

    /// <summary>
    /// Bias, activation and clamp, [N, Cout, H, W]; may work in the memory of a temporary <paramref name="x"/>.
    /// </summary>
    internal Tensor Finish(Tensor x, double gain = 1) => BiasAct.ApplyToTemporary(
        x, bias?.To(x.DType), activation: options.Activation, gain: outputGain * gain, clamp: options.Clamp * gain);

    private Tensor Boxed(Tensor x, Tensor w) => (options.Up, options.Down) switch
    {
        (1, 1) => PlainConvolution.Apply(x, w, 1, padding, padding),
        (2, 1) => BoxConv2d.Up(x, w),
        (1, 2) => BoxConv2d.Down(x, w),
        _ => throw new NotSupportedException($"Boxes resample by 2, not up by {options.Up} and down by {options.Down}."),
    };

    // Upsampling layers store their weights for convolution, all others for correlation.
    private Tensor Filtered(Tensor x, Tensor w, Tensor taps) => ConvResample2d.Apply(
        x, w, options.Up > 1 || options.Down > 1
            ? taps : null, options.Up, options.Down, Padding.All(padding), flipWeight: options.Up == 1,
        precision: Precision);

    // A frozen layer keeps its values as buffers: saved, never trained.
    private Tensor Add(string name, Tensor value) => options.Trainable ? AddParameter(name, value) : AddBuffer(name, value)!;
}
