using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Networks.Tests.Ops;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Modules;
using AliasFree = StyleGanSharp.Networks.StyleGan3;

namespace StyleGanSharp.Networks.Tests;

/// <summary>
/// Training with bfloat16 convolutions against training in float32: values, gradients, and gradients of gradients.
/// </summary>
[WithTensorScope]
public sealed class FastGradientTests : IDisposable
{
    // bfloat16 keeps 8 bits: a rounding is off by 1/512 at most, and there are three in a row, of which most cancel in the sums.
    private const double OfTheLargest = 3.0 / 512;

    private readonly RandomGenerator random = new(21);

    public FastGradientTests()
    {
        BFloat16.Require();
        FastOpsOff.Skip();
    }

    public void Dispose() => random.Dispose();

    [Theory]
    [InlineData(3, 1, 1)]
    [InlineData(1, 1, 0)]
    [InlineData(3, 2, 0)]
    public void A_convolution_and_its_transpose_stay_close(int kernel, int stride, int padding)
    {
        Compare(
            [Tensor.RandN([2, 24, 17, 15], random), Tensor.RandN([20, 24, kernel, kernel], random)],
            (t, precision) => PlainConvolution.Apply(t[0], t[1], stride, padding, padding, precision));
        Compare(
            [Tensor.RandN([2, 24, 7, 9], random), Tensor.RandN([24, 20, kernel, kernel], random)],
            (t, precision) => PlainConvolution.Transposed(t[0], t[1], stride, padding, padding, precision));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradients_of_a_generator_point_the_same_way(bool aliasFree)
    {
        using Module network = aliasFree
            ? new AliasFree.Generator(
                new AliasFree.GeneratorOptions { Resolution = 32, ChannelBase = 1024, ChannelMax = 32, ZDim = 16, WDim = 16 },
                Initializer.Random(random))
            : new Generator(new GeneratorOptions { Resolution = 64, ChannelBase = 1024, ChannelMax = 32, ZDim = 16, WDim = 16 },
                Initializer.Random(random));
        var generator = (IGenerator)network;
        Tensor ws = Tensor.RandN([2, generator.NumWs, generator.WDim], random);
        PointTheSameWay(network, () => generator.Synthesize(ws, NoiseInput.Const).Square().Sum());
    }

    [Fact]
    public void Gradients_of_a_discriminator_and_of_its_penalty_point_the_same_way()
    {
        using var network = new Discriminator(
            new DiscriminatorOptions { Resolution = 64, ChannelBase = 1024, ChannelMax = 32 }, Initializer.Random(random));

        // A unit near zero may fall on the other side, which turns its slope around. Among 4 images one such unit of the last
        // layer is a twentieth of the gradient (seen with AMX instructions, whose sums have another order); among 32 it does not
        // matter.
        Tensor pictures = Tensor.RandN([32, 3, 64, 64], random);
        PointTheSameWay(network, () => network.Forward(pictures).Sum());
        PointTheSameWay(network, () =>
        {
            Tensor real = Leaf(pictures);
            return Gradient.Of([network.Forward(real).Sum()], [real], createGraph: true)[0]!.Square().Sum();
        });
    }

    private static void PointTheSameWay(Module network, Func<Tensor> loss)
    {
        float[] exact = ParameterGradients(network, Precision.Float32, loss), fast = ParameterGradients(
            network, Precision.Fast, loss);
        ((IReducedPrecision)network).Precision = Precision.Float32;
        double dot = exact.Zip(fast, (a, b) => (double)a * b).Sum();
        double cosine = dot / Math.Sqrt(exact.Sum(v => (double)v * v) * fast.Sum(v => (double)v * v));
        TestContext.Current.TestOutputHelper?.WriteLine($"cosine {cosine:0.000000}");
        Assert.True(cosine > 0.999, $"the gradients' cosine is {cosine}");
        Assert.False(exact.AsSpan().SequenceEqual(fast), "nothing was computed with less precision");
    }

    private static float[] ParameterGradients(Module network, Precision precision, Func<Tensor> loss)
    {
        ((IReducedPrecision)network).Precision = precision;
        Tensor[] parameters = [.. network.NamedParameters().Select(p => p.Value)];
        Array.ForEach(parameters, p => p.RequiresGrad = true);
        Tensor?[] gradients = Gradient.Of([loss()], parameters);
        return [.. gradients.Where(g => g is not null).SelectMany(g => g!.ToArray<float>())];
    }

    private void Compare(Tensor[] inputs, Func<Tensor[], Precision, Tensor> function)
    {
        Tensor direction = Tensor.RandN(function(inputs, Precision.Float32).Shape, random);
        Tensor[] second = [.. inputs.Select(t => Tensor.RandN(t.Shape, random))];
        Tensor[] Values(Precision precision)
        {
            Tensor[] leaves = [.. inputs.Select(t => Leaf(t))];
            Tensor value = function(leaves, precision);
            Tensor[] first = [.. Gradient.Of([(value * direction).Sum()], leaves, createGraph: true).Select(g => g!)];
            Tensor along = (first[0] * second[0]).Sum() + (first[1] * second[1]).Sum();
            return [value, .. first, .. Gradient.Of([along], leaves).Select(g => g!)];
        }

        Tensor[] exact = Values(Precision.Float32), fast = Values(Precision.Fast);
        for (int i = 0; i < exact.Length; i++)
        {
            Assert.Equal(DType.Float32, fast[i].DType);
            double error = (fast[i] - exact[i]).Abs().Max().Item() / exact[i].Abs().Max().Item();
            Assert.True(error is > 0 and <= OfTheLargest, $"tensor {i}: off by {error} of the largest");
        }
    }

    private static Tensor Leaf(Tensor value)
    {
        Tensor leaf = value.Detach();
        leaf.RequiresGrad = true;
        return leaf;
    }
}
