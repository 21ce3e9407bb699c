using StyleGanSharp.Networks;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Benchmarking.Convolutions;

/// <summary>
/// The seconds that libtorch needs for a network's own convolutions and nothing else: what a row is compared with. Every shape is
/// measured once as a plain convolution of channels-last tensors, in the cheapest of its equivalent forms.
/// </summary>
/// <remarks>
/// Left out, so that the sum is never more than the work: convolutions from and to colours (bound by memory, and possible in the
/// pass beside them), filters, modulation, noise, activations, the mapping network.
/// </remarks>
/// <param name="device">Where to measure.</param>
/// <param name="cancel">Ends the measurement between two runs.</param>
/// <param name="precision">
/// Fast: all of them in the 16 bits that <paramref name="device"/> computes with, also those of the lower resolutions, which the
/// networks compute in float32.
/// </param>
internal sealed class OperationFloor(Device device, CancellationToken cancel, Precision precision = Precision.Float32)
{
    /// <summary>A row also counts as reached where its floor is this share of its time.</summary>
    internal const double EnoughShare = 0.8;

    // Per convolution: short, because there are up to a hundred of them.
    private const double Budget = 0.25;
    private const int MinRuns = 3;

    private readonly Dictionary<(PlainConvolution Shape, int Batch, ConvolutionPass Pass), double> measured = [];

    /// <summary>Seconds of all the convolutions in one pass over a batch.</summary>
    internal double Seconds(IEnumerable<ConvolutionShape> shapes, int batch, ConvolutionPass pass) => shapes
        .Where(shape => shape.Kind != ConvolutionKind.Colours)
        .Sum(shape => Ways(shape, batch).Min(way => Seconds(way, batch, pass)));

    // libtorch 1.13 has no transposed convolution in bfloat16; the other forms are there.
    private IEnumerable<PlainConvolution> Ways(ConvolutionShape shape, int batch)
    {
        PlainConvolution[] all = PlainConvolution.Equivalents(shape, batch), plain = [.. all.Where(way => !way.Transposed)];
        return precision == Precision.Fast && plain.Length > 0 ? plain : all;
    }

    private double Seconds(PlainConvolution shape, int batch, ConvolutionPass pass)
    {
        if (!measured.TryGetValue((shape, batch, pass), out double seconds))
        {
            seconds = Measure(shape, batch, pass);
            measured.Add((shape, batch, pass), seconds);
        }

        return seconds;
    }

    private double Measure(PlainConvolution shape, int batch, ConvolutionPass pass)
    {
        using var scope = new TensorScope();
        using var draws = new RandomGenerator(0);
        using GradMode mode = pass == ConvolutionPass.Forward ? GradMode.Off() : GradMode.On();
        (long first, long second) = shape.Transposed
            ? (shape.InChannels, shape.OutChannels) : (shape.OutChannels, shape.InChannels);
        Tensor x = Draw([batch, shape.InChannels, shape.Height, shape.Width], draws);
        Tensor w = Draw([first, second, shape.Kernel, shape.Kernel], draws);
        if (pass == ConvolutionPass.Forward)
        {
            return Best(() => Apply(shape, x, w));
        }

        // libtorch computes only the gradient that is asked for.
        Tensor input = pass == ConvolutionPass.BackwardData ? x : w;
        input.RequiresGrad = true;
        Tensor y = Apply(shape, x, w);
        Tensor gradient = y.Detach().Clone(MemoryFormat.ChannelsLast);
        return Best(() => Gradient.Of(y, input, gradient, retainGraph: true));
    }

    private double Best(Action work) => Timing.Measure(device, Budget, work, cancel, MinRuns)[0];

    private Tensor Draw(long[] shape, RandomGenerator draws) => Tensor.RandN(shape, draws)
        .To(device).To(precision == Precision.Fast ? CudaPrecision.FeaturesOn(device) ?? DType.BFloat16 : DType.Float32)
            .Contiguous(MemoryFormat.ChannelsLast);

    private static Tensor Apply(PlainConvolution shape, Tensor x, Tensor w)
    {
        (long, long) stride = (shape.Stride, shape.Stride), padding = (shape.Padding, shape.Padding);
        return shape.Transposed
            ? Functional.ConvTranspose2d(x, w, stride, padding) : Functional.Conv2d(x, w, null, stride, padding);
    }
}
