using StyleGanSharp.Testing;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Torch.Tests.Autograd;

[WithTensorScope]
public sealed class GradientTests
{
    [Fact]
    public void Backward_accumulates()
    {
        Tensor x = Leaf(2, 3);
        Assert.Null(x.Grad);
        x.Square().Sum().Backward();
        Assert.Equal([4, 6], x.Grad!.ToArray<double>());
        (x * 10).Sum().Backward();
        Assert.Equal([14, 16], x.Grad!.ToArray<double>());
        x.Grad = null;
        Assert.Null(x.Grad);
    }

    [Fact]
    public void What_took_no_part_keeps_a_null_gradient()
    {
        Tensor x = Leaf(1);
        Tensor unused = Leaf(1);
        (x * 2).Sum().Backward();
        Assert.NotNull(x.Grad);
        Assert.Null(unused.Grad);
    }

    [Fact]
    public void Backward_takes_a_gradient_of_the_result()
    {
        Tensor x = Leaf(1, 2);
        (x * 3).Backward(Tensor.From([1.0, 10], [2]));
        Assert.Equal([3, 30], x.Grad!.ToArray<double>());
        Assert.Throws<TorchException>(() => (x * 3).Backward());
        Assert.Throws<TorchException>(() => (x * 3).Backward(Tensor.Ones([5], DType.Float64)));
        Assert.Throws<TorchException>(() => Tensor.Ones([1]).Backward());
    }

    [Fact]
    public void A_gradient_is_set_with_the_shape_and_type_of_its_tensor_only()
    {
        Tensor x = Leaf(1, 2);
        x.Grad = Tensor.Ones([2], DType.Float64);
        x.Sum().Backward();
        Assert.Equal([2, 2], x.Grad!.ToArray<double>());
        Assert.Throws<TorchException>(() => x.Grad = Tensor.Ones([3], DType.Float64));
        Assert.Throws<TorchException>(() => x.Grad = Tensor.Ones([2], DType.Float32));
    }

    [Fact]
    public void Recording_is_switched_per_thread_and_returns()
    {
        Tensor x = Leaf(1);
        Assert.True(GradMode.IsEnabled);
        using (GradMode.Off())
        {
            Assert.False((x * 2).RequiresGrad);
            using (GradMode.On())
            {
                Assert.True((x * 2).RequiresGrad);
            }

            Assert.False(GradMode.IsEnabled);
            bool elsewhere = false;
            var thread = new Thread(() => elsewhere = GradMode.IsEnabled);
            thread.Start();
            thread.Join();
            Assert.True(elsewhere);
        }

        Assert.True((x * 2).RequiresGrad);
    }

    [Fact]
    public void Only_leaves_of_floating_point_can_be_switched()
    {
        Tensor inside = Leaf(1) * 2;
        Assert.Throws<TorchException>(() => inside.RequiresGrad = false);
        Assert.False(inside.Detach().RequiresGrad);
        Assert.Throws<TorchException>(() => Tensor.Ones([1], DType.Int64).RequiresGrad = true);
    }

    [Fact]
    public void Gradients_are_values_and_null_for_unused_inputs()
    {
        Tensor x = Leaf(2);
        Tensor unused = Leaf(1);
        Tensor?[] gradients = Gradient.Of([x.Square().Sum()], [x, unused]);
        Assert.Equal(4, gradients[0]!.Item());
        Assert.Null(gradients[1]);
        Assert.Null(x.Grad);
        Assert.Equal(0, Gradient.Of(x.Square().Sum(), unused).Item());
    }

    [Fact]
    public void Several_outputs_with_upstream_gradients_are_added()
    {
        Tensor x = Leaf(2, 5);
        Tensor?[] gradients = Gradient.Of(
            [x * 2, x.Square()], [x], [Tensor.Ones([2], DType.Float64), Tensor.From([1.0, 0], [2])]);
        Assert.Equal([6, 2], gradients[0]!.ToArray<double>());
        Assert.Throws<TorchException>(() => Gradient.Of([x * 2, x * 3], [x]));
    }

    [Fact]
    public void A_graph_serves_once_unless_it_is_retained()
    {
        Tensor x = Leaf(2);
        Tensor y = x.Square().Sum();
        Gradient.Of(y, x, retainGraph: true);
        Gradient.Of(y, x);
        TorchException e = Assert.Throws<TorchException>(() => Gradient.Of(y, x));
        Assert.Contains("backward through the graph a second time", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void First_and_second_gradients_agree_with_differences() => GradCheck.Second(
        p => (p[0].Sin() * p[1]).Exp() + p[0].Square().MatMul(p[1].Transpose(0, 1)).Sum([0], keepDim: true).Mean(),
        Tensor.From([0.3, -0.7, 1.1, 0.2], [2, 2]), Tensor.From([0.5, 0.4, -0.2, 0.9], [2, 2]));

    [Fact]
    public void The_check_notices_a_wrong_gradient()
    {
        // The value depends on x, the graph does not know.
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => GradCheck.First(p => p[0] * p[0].Detach(), Tensor.From([0.3], [1])));
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => GradCheck.Second(
            p => p[0].Square() * p[0] + (p[0] * (p[0].Detach() - p[0]).Square()), Tensor.From([0.3], [1])));
    }

    private static Tensor Leaf(params double[] values)
    {
        Tensor leaf = Tensor.From(values, [values.Length]);
        leaf.RequiresGrad = true;
        return leaf;
    }
}
