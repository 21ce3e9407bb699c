using StyleGanSharp.Networks.Ops.AliasFree;
using StyleGanSharp.Networks.Ops.Bias;
using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Networks.Ops.Filters;
using StyleGanSharp.Networks.Ops.Modulation;
using StyleGanSharp.Networks.Ops.Products;
using StyleGanSharp.Networks.Ops.Simd;
using StyleGanSharp.Networks.Ops.UpFirDn;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Tests.Ops;

/// <summary>
/// Every fast operator against its reference implementation: value, gradient and the gradient of the gradient, with lanes of
/// every width. The width is the whole process's and changes the last bits of sums, which other tests compare.
/// </summary>
[Collection(nameof(RunAlone))]
public sealed class FastOperatorTests : IDisposable
{
    private const double Tolerance = 5e-5;

    private readonly RandomGenerator random = new(11);

    public FastOperatorTests() => FastOpsOff.Skip();

    public static TheoryData<int> Widths => [512, 256, 128];

    public void Dispose() => random.Dispose();

    [Theory, MemberData(nameof(Widths)), WithTensorScope]
    public void Resampling(int bits)
    {
        using IDisposable lanes = Force(bits);
        foreach ((int n, int c, int h, int w) in new[] { (2, 3, 5, 7), (1, 16, 9, 4), (2, 21, 6, 6), (1, 1, 8, 40), (
            1, 40, 1, 1) })
        {
            foreach ((int up, int down, int before, int after, bool flip) in new[]
                { (1, 1, 2, 1, false), (2, 1, 2, 1, true), (1, 2, 1, 1, false), (2, 2, 3, 4, true), (4, 1, 5, 2, false), (
                    1, 3, 4, 6, false), (2, 1, -1, 5, false) })
            {
                foreach (Tensor filter in new[] { ResampleFilter.Setup([1, 3, 3, 1]), Tensor.From(
                    [0.5f, -0.25f, 1, 0.125f, 2], [5]) })
                {
                    foreach (MemoryFormat format in new[] { MemoryFormat.Contiguous, MemoryFormat.ChannelsLast })
                    {
                        var padding = new Padding(before, after, after, before);
                        long smallest = Math.Min(h, w) * up;
                        if (smallest + before + after < filter.Size(0))
                        {
                            continue;
                        }

                        Equal(
                            $"{n}x{c}x{h}x{w} up {up} down {down} {filter.Dim}D {format}",
                            t => UpFirDn2d.Apply(t[0], filter, (up, up), (down, down), padding, flip, 1.7),
                            t => UpFirDn2d.Reference(t[0], filter, (up, up), (down, down), padding, flip, 1.7),
                            Random(n, c, h, w).Contiguous(format));
                    }
                }
            }
        }
    }

    [Theory, MemberData(nameof(Widths)), WithTensorScope]
    public void Resampling_with_few_taps(int bits)
    {
        using IDisposable lanes = Force(bits);
        for (int taps = 1; taps <= 3; taps++)
        {
            Tensor filter = Random(taps);
            foreach (int factor in new[] { 2, 3, 4, 5 })
            {
                (int X, int Y) both = (factor, factor), none = (1, 1);
                Padding up = Padding.ForUpsampling((taps, taps), both), down = Padding.ForDownsampling((taps, taps), both);
                Equal(
                    $"{taps} taps, up {factor}", t => UpFirDn2d.Upsample(t[0], filter, both),
                    t => UpFirDn2d.Reference(t[0], filter, both, none, up, gain: factor * factor), Random(2, 3, 5, 7));
                Equal(
                    $"{taps} taps, down {factor}", t => UpFirDn2d.Downsample(t[0], filter, both),
                    t => UpFirDn2d.Reference(t[0], filter, none, both, down), Random(2, 3, 9, 11));
            }
        }
    }

    [Fact, WithTensorScope]
    public void Resampling_takes_the_fast_way_and_leaves_what_does_not_separate()
    {
        Assert.True(UpFirDnKernel.Accepts(Random(1, 2, 3, 4)));
        Assert.False(UpFirDnKernel.Accepts(Random(1, 2, 3, 4).To(DType.Float64)));
        Assert.NotNull(SeparatedTaps.Of(ResampleFilter.Setup([1, 3, 3, 1])));
        Assert.Null(SeparatedTaps.Of(Random(3, 3)));
        Assert.Throws<ShapeException>(
            () => UpFirDn2d.Apply(Random(1, 1, 2, 2), ResampleFilter.Setup([1, 3, 3, 1]), (1, 1), (1, 1), default));
    }

    [Theory, MemberData(nameof(Widths)), WithTensorScope]
    public void Bias_and_activation(int bits)
    {
        using IDisposable lanes = Force(bits);
        foreach (long[] shape in new long[][] { [2, 3, 5, 7], [2, 19, 3, 3], [3, 37], [1, 64, 4, 4] })
        {
            foreach ((Activation activation, double? clamp) in new (Activation, double?)[]
                { (Activation.LeakyRelu, null), (Activation.LeakyRelu, 0.4), (Activation.Relu, null), (Activation.Linear, 0.5) })
            {
                foreach (MemoryFormat format in shape.Length == 4
                    ? [MemoryFormat.Contiguous, MemoryFormat.ChannelsLast] : new[] { MemoryFormat.Contiguous })
                {
                    string name = $"{string.Join('x', shape)} {activation} {clamp} {format}";
                    Equal(
                        name, t => BiasAct.Apply(t[0], t[1], activation: activation, clamp: clamp),
                        t => BiasAct.Reference(t[0], t[1], activation: activation, clamp: clamp), Random(shape).Contiguous(
                            format), Random(shape[1]));
                    Equal(
                        $"{name} without bias", t => BiasAct.Apply(t[0], activation: activation, gain: 0.7, clamp: clamp),
                        t => BiasAct.Reference(t[0], activation: activation, gain: 0.7, clamp: clamp), Random(shape).Contiguous(
                            format));
                }
            }
        }
    }

    [Fact, WithTensorScope]
    public void A_bias_that_only_the_mask_depends_on_has_a_gradient_of_zero()
    {
        Tensor x = Random(2, 16, 3, 3), bias = Random(16);
        (x.RequiresGrad, bias.RequiresGrad) = (true, true);
        Tensor slope = Gradient.Of(BiasAct.Apply(x, bias, activation: Activation.LeakyRelu).Sum(), x, createGraph: true);
        Tensor?[] again = Gradient.Of([slope.Square().Sum()], [bias]);
        Assert.All(again[0]!.ToArray<float>(), v => Assert.Equal(0, v));
    }

    [Theory, MemberData(nameof(Widths)), WithTensorScope]
    public void Modulation(int bits)
    {
        using IDisposable lanes = Force(bits);
        foreach ((int n, int c, int h, int w) in new[] { (2, 3, 5, 7), (3, 35, 9, 11), (1, 16, 1, 1) })
        {
            Equal($"{n}x{c}x{h}x{w}", t => ChannelScale.Apply(t[0], t[1]), t =>
                ChannelScale.Reference(t[0], t[1]), Random(n, c, h, w), Random(n, c));
        }
    }

    [Theory, MemberData(nameof(Widths)), WithTensorScope]
    public void Everything_after_a_style_convolution(int bits)
    {
        using IDisposable lanes = Force(bits);
        foreach ((int n, int c, int h, int w) in new[] { (2, 3, 5, 7), (3, 35, 9, 11), (1, 16, 1, 1) })
        {
            foreach (double? clamp in new double?[] { null, 0.6 })
            {
                foreach (long[] noise in new long[][] { [h, w], [n, 1, h, w] })
                {
                    Equal(
                        $"{n}x{c}x{h}x{w}, noise {noise.Length}D, clamp {clamp}",
                        t => StyleEpilogueFunction.Apply(
                            t[0].Contiguous(MemoryFormat.ChannelsLast), new StyleEpilogueArguments(t[1], t[3], t[2], 0.2, clamp)),
                        t => StyleEpilogue.Reference(t[0], new StyleEpilogueArguments(t[1], t[3], t[2], 0.2, clamp)),
                        Random(n, c, h, w), Random(n, c), Random(c), Random(noise));
                }

                Equal(
                    "without noise", t => StyleEpilogueFunction.Apply(
                        t[0].Contiguous(MemoryFormat.ChannelsLast), new StyleEpilogueArguments(t[1], null, t[2], 0.2, clamp)),
                    t => StyleEpilogue.Reference(t[0], new StyleEpilogueArguments(t[1], null, t[2], 0.2, clamp)), Random(
                        n, c, h, w), Random(n, c), Random(c));
            }
        }
    }

    [Theory, MemberData(nameof(Widths)), WithTensorScope]
    public void Products(int bits)
    {
        using IDisposable lanes = Force(bits);
        foreach ((int n, int k, int m) in new[] { (1, 1, 16), (3, 7, 17), (5, 37, 18), (8, 64, 70), (2, 130, 31), (33, 20, 129), (
            2, 9, 3) })
        {
            Equal($"{n}x{k} to {m}", t => ProductFunction.Apply(t[0], t[1]), t =>
                Functional.Linear(t[0], t[1], null), Random(n, k), Random(m, k));
        }
    }

    [Fact, WithTensorScope]
    public void Convolutions()
    {
        foreach ((int k, int stride, int padding) in new[] { (3, 1, 1), (1, 1, 0), (3, 2, 0), (4, 2, 1), (3, 2, 1) })
        {
            Equal(
                $"{k}x{k} stride {stride}", t => PlainConvolution.Apply(t[0], t[1], stride, padding, padding),
                t => Functional.Conv2d(t[0], t[1], null, (stride, stride), (padding, padding)), Random(2, 5, 9, 7), Random(
                    6, 5, k, k));
            Equal(
                $"{k}x{k} stride {stride} transposed", t => PlainConvolution.Transposed(t[0], t[1], stride, padding, padding),
                t => Functional.ConvTranspose2d(t[0], t[1], (stride, stride), (padding, padding)), Random(2, 5, 4, 6), Random(
                    5, 6, k, k));
        }
    }

    [Theory, MemberData(nameof(Widths)), WithTensorScope]
    public void Filtered_leaky_relu(int bits)
    {
        using IDisposable lanes = Force(bits);
        foreach ((int n, int c, int h, int w, int up, int down, int upTaps, int downTaps, int before, int after) in new[]
        {
            (1, 2, 12, 12, 2, 2, 12, 12, 11, 10), (2, 3, 14, 13, 4, 2, 24, 12, -2, -5), (1, 1, 30, 30, 2, 2, 12, 12, -9, -10),
            (2, 2, 17, 9, 2, 1, 7, 5, 6, 5), (1, 3, 13, 31, 4, 4, 9, 8, 12, 13), (1, 2, 20, 24, 2, 4, 8, 13, 9, 4), (
                1, 1, 40, 70, 1, 1, 5, 3, -1, 2),
            (1, 1, 9, 9, 1, 2, 4, 6, 20, 17),
        })
        {
            Tensor upFilter = Random(upTaps) / Math.Sqrt(upTaps), downFilter = Random(downTaps) / Math.Sqrt(downTaps);
            var padding = new Padding(before, after, after, before);
            foreach (double? clamp in new double?[] { null, 0.5 })
            {
                Equal(
                    $"{h}x{w} up {up} down {down} clamp {clamp}",
                    t => FilteredLrelu.Apply(t[0], upFilter, downFilter, t[1], up, down, padding, 1.5, 0.2, clamp),
                    t => FilteredLrelu.Reference(t[0], upFilter, downFilter, t[1], up, down, padding, 1.5, 0.2, clamp), Random(
                        n, c, h, w), Random(c));
            }
        }
    }

    [Fact]
    public void The_widest_lanes_of_this_processor_are_in_use() => Assert.Equal(SimdWidth.Supported, SimdWidth.Bits);

    private static IDisposable Force(int bits)
    {
        Assert.SkipWhen(bits > SimdWidth.Supported, $"this processor has no lanes of {bits} bits, only of {SimdWidth.Supported}");
        return SimdWidth.Force(bits);
    }

    // Twice differentiable: also the gradient of a weighted sum of all gradients.
    private void Equal(string name, Func<Tensor[], Tensor> fast, Func<Tensor[], Tensor> reference, params Tensor[] inputs)
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.On();
        Array.ForEach(inputs, input => input.RequiresGrad = true);
        Tensor expected = reference(inputs), actual = fast(inputs);
        Close.To(expected.Detach(), actual.Detach(), Tolerance, $"{name}: value");
        Tensor upstream = Random([.. expected.Shape]);
        Tensor[] weights = Array.ConvertAll(inputs, input => Random([.. input.Shape]));

        // Without a graph of the gradients, as in training's main phases.
        Tensor?[] plain = Gradient.Of([(fast(inputs) * upstream).Sum()], inputs);
        (Tensor[] firstExpected, Tensor[] secondExpected) = Derivatives(expected);
        (Tensor[] first, Tensor[] second) = Derivatives(actual);
        for (int i = 0; i < inputs.Length; i++)
        {
            Close.To(firstExpected[i].Detach(), plain[i]!, Tolerance, $"{name}: gradient {i}");
            Close.To(firstExpected[i].Detach(), first[i].Detach(), Tolerance, $"{name}: recorded gradient {i}");
            Close.To(secondExpected[i], second[i], Tolerance, $"{name}: second gradient {i}");
        }

        (Tensor[] First, Tensor[] Second) Derivatives(Tensor result)
        {
            Tensor factor = upstream.Clone();
            factor.RequiresGrad = true;
            Tensor?[] gradients = Gradient.Of([(result * factor).Sum()], inputs, createGraph: true);
            Tensor sum = Tensor.Scalar(0);
            for (int i = 0; i < inputs.Length; i++)
            {
                sum += (gradients[i]!.Square() * weights[i]).Sum();
            }

            Tensor?[] again = Gradient.Of([sum], [.. inputs, factor]);
            return (Array.ConvertAll(gradients, g => g!), [
                .. again.Select((g, i) => g ?? (i < inputs.Length ? inputs[i] : factor).ZerosLike())]);
        }
    }

    private Tensor Random(params long[] shape) => Tensor.RandN(shape, random);
}
