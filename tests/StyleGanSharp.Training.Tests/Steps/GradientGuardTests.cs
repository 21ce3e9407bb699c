using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Training.Steps;

namespace StyleGanSharp.Training.Tests.Steps;

public sealed class GradientGuardTests
{
    [Theory, NoLeaks]
    [InlineData(float.NaN, 0f)]
    [InlineData(float.PositiveInfinity, 1e5f)]
    [InlineData(float.NegativeInfinity, -1e5f)]
    public void Broken_elements_are_replaced_wherever_they_are(float broken, float expected)
    {
        foreach (int place in new[] { 0, 5, 36 })
        {
            using var scope = new TensorScope();
            float[] values = [.. Enumerable.Range(0, 37).Select(i => (float)i)];
            values[place] = broken;
            Tensor?[] gradients = [null, Tensor.From(values, [37]), Tensor.Ones([3])];
            Assert.Equal(1, GradientGuard.Apply(gradients));
            values[place] = expected;
            Assert.Equal(values, gradients[1]!.ToArray<float>());
            Assert.Null(gradients[0]);
        }
    }

    [Fact, NoLeaks]
    public void Finite_gradients_stay_the_same_tensors()
    {
        using var scope = new TensorScope();
        Tensor gradient = Tensor.From([float.MaxValue, -float.MaxValue, 1e-40f], [3]);
        Tensor?[] gradients = [gradient];
        Assert.Equal(0, GradientGuard.Apply(gradients));
        Assert.Same(gradient, gradients[0]);
    }
}
