using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops.AliasFree;
using StyleGanSharp.Networks.Ops.Bias;
using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Networks.Ops.Filters;
using StyleGanSharp.Networks.Ops.Modulation;
using StyleGanSharp.Networks.Ops.UpFirDn;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;
using StyleGanSharp.Torch.Optimizers;
using AliasFree = StyleGanSharp.Networks.StyleGan3;

namespace StyleGanSharp.Benchmarking.Operators;

/// <summary>An operator at a shape that networks use it with.</summary>
/// <param name="Name">Of the row.</param>
/// <param name="Shape">What it is applied to.</param>
/// <param name="Create">Draws the operands; they belong to the caller's scope.</param>
internal sealed record OperatorCase(string Name, string Shape, Func<RandomGenerator, Device, OperatorTwins> Create)
{
    private const double Clamp = 256;

    private static readonly double[] Filter = [1, 3, 3, 1];

    /// <summary>All of them.</summary>
    internal static OperatorCase[] All { get; } =
    [
        new("upfirdn2d_up", "[1, 3, 512, 512] by 2, 4x4 taps", (draws, device) =>
        {
            (Tensor x, Tensor f) = (Draw(draws, device, 1, 3, 512, 512), ResampleFilter.Setup(Filter).To(device));
            return new OperatorTwins(
                () => UpFirDn2d.Upsample(x, f, (2, 2)), () =>
                    UpFirDn2d.Reference(x, f, (2, 2), (1, 1), new Padding(2, 1, 2, 1), gain: 4), [x]);
        }),
        new("upfirdn2d_down", "[4, 64, 128, 128] by 2, 4x4 taps", (draws, device) =>
        {
            (Tensor x, Tensor f) = (Draw(draws, device, 4, 64, 128, 128), ResampleFilter.Setup(Filter).To(device));
            return new OperatorTwins(
                () => UpFirDn2d.Downsample(x, f, (2, 2)), () => UpFirDn2d.Reference(x, f, (1, 1), (2, 2), Padding.All(1)), [x]);
        }),
        new("bias_act", "[4, 64, 128, 128] leaky ReLU, clamp", (draws, device) =>
        {
            (Tensor x, Tensor b) = (Draw(draws, device, 4, 64, 128, 128), Draw(draws, device, 64));
            return new OperatorTwins(
                () => BiasAct.ApplyToTemporary(x, b, activation: Activation.LeakyRelu, clamp: Clamp).Alias(),
                () => BiasAct.Reference(x, b, activation: Activation.LeakyRelu, clamp: Clamp), [x, b]);
        }),
        FilteredLreluOf("filtered_lrelu", new() { Resolution = 256, ChannelBase = 16384 }),
        FilteredLreluOf("filtered_lrelu_radial",
            new() { Resolution = 256, ChannelBase = 32768, ChannelMax = 1024, KernelSize = 1, UseRadialFilters = true }),
        new("style_convolution", "[4, 256, 64, 64] to 256, 3x3", (draws, device) => StyleConvolution(draws, device, 256, 64, 1)),
        new("style_convolution_up", "[4, 256, 64, 64] to 128, 3x3, by 2", (draws, device) =>
            StyleConvolution(draws, device, 128, 64, 2)),
        new("adam_step", "[512, 512, 3, 3]", AdamStep),
    ];

    // The nonlinearity of a layer in the middle of a StyleGAN3 generator.
    private static OperatorCase FilteredLreluOf(string name, AliasFree.GeneratorOptions options)
    {
        AliasFree.LayerGeometry g = AliasFree.LayerGeometry.Of(options)[8];
        int size = g.InSize + g.KernelSize - 1;
        return new(name, $"[1, {g.OutChannels}, {size}, {size}] up {g.UpFactor}, down {g.DownFactor}", (draws, device) =>
        {
            (Tensor x, Tensor b) = (Draw(draws, device, 1, g.OutChannels, size, size), Draw(draws, device, g.OutChannels));
            Tensor? up = LowpassFilter.Create(
                g.UpTaps, g.InCutoff, g.InHalfWidth * 2, g.TemporarySamplingRate, radial: false)?.To(device);
            Tensor? down = LowpassFilter.Create(
                g.DownTaps, g.OutCutoff, g.OutHalfWidth * 2, g.TemporarySamplingRate, g.DownRadial)?.To(device);
            double gain = Math.Sqrt(2);
            return new OperatorTwins(
                () => FilteredLrelu.Apply(x, up, down, b, g.UpFactor, g.DownFactor, g.Padding, gain, clamp: Clamp),
                () => FilteredLrelu.Reference(x, up, down, b, g.UpFactor, g.DownFactor, g.Padding, gain, clamp: Clamp), [x, b]);
        });
    }

    // A form that is asked for by name is computed step by step: convolution, demodulation, noise, activation.
    private static OperatorTwins StyleConvolution(RandomGenerator draws, Device device, int channels, int size, int up)
    {
        var options = new GeneratorOptions { Resolution = size * up };
        var layer = new SynthesisLayer("layer", 256, channels, size * up, up, options, Initializer.Random(draws));
        layer.To(device);
        (Tensor x, Tensor w) = (Draw(draws, device, 4, 256, size, size), Draw(draws, device, 4, options.WDim));
        return new OperatorTwins(
            () => layer.Forward(x, w, NoiseInput.Const),
            () => layer.Forward(x, w, NoiseInput.Const, ModulationForm.Activations),
            [x, w, .. layer.NamedParameters().Select(p => p.Value)], layer);
    }

    // The kernel takes row-major parameters; others are moved by plain operators.
    private static OperatorTwins AdamStep(RandomGenerator draws, Device device)
    {
        (Func<Tensor> Step, Adam Owned) Create(MemoryFormat format)
        {
            (Tensor value, Tensor gradient) = (
                Draw(draws, device, 512, 512, 3, 3).Contiguous(format), Draw(draws, device, 512, 512, 3, 3).Contiguous(format));
            var adam = new Adam([new NamedTensor("weight", value)], new AdamOptions { Beta1 = 0, Beta2 = 0.99 });
            return (
                () =>
                {
                    adam.Step([gradient]);
                    return value.Alias();
                },
                adam);
        }

        var (fast, plain) = (Create(MemoryFormat.Contiguous), Create(MemoryFormat.ChannelsLast));
        return new OperatorTwins(fast.Step, plain.Step, [], fast.Owned, plain.Owned);
    }

    private static Tensor Draw(RandomGenerator draws, Device device, params long[] shape) =>
        Tensor.RandN(shape, draws).To(device);
}
