using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Networks.Ops.Simd;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Tests.Ops;

/// <summary>Features in another order are the same features.</summary>
[WithTensorScope]
[Collection(nameof(RunAlone))]
public sealed class ImageOrderTests : IDisposable
{
    private readonly RandomGenerator random = new(4);

    public ImageOrderTests() => FastOpsOff.Skip();

    public void Dispose() => random.Dispose();

    [Theory]
    [InlineData(1, 8, 8, 8)]
    [InlineData(2, 16, 9, 8)]
    [InlineData(3, 37, 11, 13)]
    [InlineData(1, 128, 20, 36)]
    [InlineData(2, 9, 70, 1)]
    [InlineData(2, 7, 8, 8)] // Left to the engine, like the next.
    [InlineData(2, 8, 7, 9)]
    public void Every_number_stays_in_its_place(int n, int channels, int height, int width)
    {
        Tensor x = Tensor.RandN([n, channels, height, width], random);
        float[] expected = x.ToArray<float>();
        foreach (int bits in new[] { 128, SimdWidth.Supported })
        {
            using IDisposable forced = SimdWidth.Force(bits);
            Tensor last = ImageOrder.ChannelsLast(x);
            Assert.True(last.IsChannelsLast);
            Assert.Equal(expected, last.ToArray<float>());
            Tensor planes = ImageOrder.Planes(last);
            Assert.True(planes.IsContiguous);
            Assert.Equal(expected, planes.ToArray<float>());
        }
    }

    [Fact]
    public void What_is_in_order_is_not_copied()
    {
        Tensor x = Tensor.RandN([2, 16, 8, 8], random), last = x.Contiguous(MemoryFormat.ChannelsLast);
        Assert.Equal(x.DataPointer, ImageOrder.Planes(x).DataPointer);
        Assert.Equal(last.DataPointer, ImageOrder.ChannelsLast(last).DataPointer);
        Tensor other = Tensor.RandN([2, 8, 8, 16], random).Transpose(1, 2); // Neither one nor the other.
        Assert.Equal(other.ToArray<float>(), ImageOrder.Planes(other).ToArray<float>());
        Assert.Equal(other.ToArray<float>(), ImageOrder.ChannelsLast(other).ToArray<float>());
    }

    [Fact]
    public void Gradients_and_their_gradients_pass()
    {
        Tensor x = Tensor.RandN([2, 16, 8, 9], random), v = Tensor.RandN([2, 16, 8, 9], random);
        x.RequiresGrad = true;
        foreach (Func<Tensor, Tensor> way in new Func<Tensor,
            Tensor>[] { ImageOrder.ChannelsLast, y => ImageOrder.Planes(ImageOrder.ChannelsLast(y)), y => y })
        {
            Tensor first = Gradient.Of((way(x).Square() * way(x) * v).Sum(), x, createGraph: true);       // 3 x^2 v
            Close.To(x.Square() * v * 3, first, 1e-6, "first");
            Close.To(x * v * v * 6, Gradient.Of((first * v).Sum(), x), 1e-6, "second");
        }
    }
}
