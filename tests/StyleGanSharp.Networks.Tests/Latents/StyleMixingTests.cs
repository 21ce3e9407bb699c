using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Tests.Latents;

/// <summary>Taking layers from another latent.</summary>
[WithTensorScope]
public sealed class StyleMixingTests
{
    [Fact]
    public void The_named_layers_come_from_the_other_latent()
    {
        Tensor ws = Tensor.From(new float[] { 1, 2, 3, 4, 5, 6 }, [1, 3, 2]);
        Tensor other = Tensor.From(new float[] { 10, 20, 30, 40, 50, 60 }, [1, 3, 2]);
        Assert.Equal([10f, 20, 3, 4, 50, 60], StyleMixing.Mix(ws, other, [0, 2]).ToArray<float>());
        Assert.Equal(ws.ToArray<float>(), StyleMixing.Mix(ws, other, []).ToArray<float>());
    }

    [Fact]
    public void Latents_of_other_networks_and_layers_out_of_range_are_refused()
    {
        Tensor ws = Tensor.Zeros([1, 3, 2]);
        Assert.Throws<ShapeException>(() => StyleMixing.Mix(ws, Tensor.Zeros([1, 4, 2]), [0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => StyleMixing.Mix(ws, ws, [3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => StyleMixing.Mix(ws, ws, [-1]));
    }
}
