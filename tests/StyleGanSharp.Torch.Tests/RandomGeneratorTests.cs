using StyleGanSharp.Testing;

namespace StyleGanSharp.Torch.Tests;

[WithTensorScope]
public sealed class RandomGeneratorTests
{
    [Fact]
    public void Equal_seeds_give_equal_draws()
    {
        using var a = new RandomGenerator(42);
        using var b = new RandomGenerator(42);
        using var c = new RandomGenerator(43);
        float[] draws = Tensor.RandN([100], a).ToArray<float>();
        Assert.Equal(draws, Tensor.RandN([100], b).ToArray<float>());
        Assert.NotEqual(draws, Tensor.RandN([100], c).ToArray<float>());
    }

    [Fact]
    public void A_saved_state_continues_where_it_was_taken()
    {
        using var a = new RandomGenerator(1);
        _ = Tensor.RandN([7], a);
        byte[] state = a.State;
        float[] next = Tensor.RandN([33], a).ToArray<float>();
        using var b = new RandomGenerator(999) { State = state };
        Assert.Equal(next, Tensor.RandN([33], b).ToArray<float>());
        Assert.Equal(a.State, b.State);
    }

    [Fact]
    public void A_damaged_state_is_refused()
    {
        using var a = new RandomGenerator(1);
        byte[] state = a.State;
        Assert.ThrowsAny<TorchException>(() => a.State = [1, 2, 3]);
        Assert.ThrowsAny<TorchException>(() => a.State = new byte[state.Length]);
        Assert.Equal(state, a.State);
    }
}
