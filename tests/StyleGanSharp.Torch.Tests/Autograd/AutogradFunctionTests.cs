using StyleGanSharp.Testing;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Torch.Tests.Autograd;

[WithTensorScope]
public sealed class AutogradFunctionTests
{
    [Fact]
    public void The_value_is_that_of_forward()
    {
        Tensor y = new CubeFunction().Call(Leaf(2, 3), Leaf(10, 1));
        Assert.Equal([80, 27], y.ToArray<double>());
        Assert.True(y.RequiresGrad);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void First_and_second_gradients_agree_with_differences(bool saveOutput) => GradCheck.Second(
        p => new CubeFunction { SaveOutput = saveOutput }.Call(p[0], p[1]), Leaf(0.5, -1.2, 0.8), Leaf(1.5, 0.7, -0.9));

    [Fact]
    public void An_input_without_gradient_is_left_out()
    {
        Tensor x = Leaf(2);
        Tensor w = Tensor.From([5.0], [1]);
        new CubeFunction().Call(x, w).Sum().Backward();
        Assert.Equal(60, x.Grad!.Item());
        Assert.Null(w.Grad);
    }

    [Fact]
    public void A_null_gradient_stays_null()
    {
        Tensor x = Leaf(2);
        Tensor w = Leaf(5);
        var function = new CubeFunction { OnBackward = g => [null, g] };
        function.Call(x, w).Sum().Backward();
        Assert.Null(x.Grad);
        Assert.Equal(1, w.Grad!.Item());
    }

    [Fact]
    public void Nothing_is_recorded_where_recording_is_off()
    {
        using GradMode mode = GradMode.Off();
        Tensor y = new CubeFunction { SaveOutput = true }.Call(Leaf(2), Leaf(1));
        Assert.Equal(8, y.Item());
        Assert.False(y.RequiresGrad);
    }

    [Fact]
    public void Backward_records_only_when_asked_to()
    {
        bool? recorded = null;
        var function = new CubeFunction
        {
            OnBackward = g =>
            {
                recorded = GradMode.IsEnabled;
                return [g, g];
            },
        };
        Tensor x = Leaf(2);
        Gradient.Of(function.Call(x, Leaf(1)), x);
        Assert.False(recorded);
        Gradient.Of(function.Call(x, Leaf(1)), x, createGraph: true);
        Assert.True(recorded);
    }

    [Fact]
    public void A_second_pass_needs_a_retained_graph()
    {
        Tensor x = Leaf(2);
        Tensor y = new CubeFunction { SaveOutput = true }.Call(x, Leaf(1));
        Gradient.Of(y, x, retainGraph: true);
        Assert.Equal(12, Gradient.Of(y, x).Item());
        TorchException e = Assert.Throws<TorchException>(() => Gradient.Of(y, x));
        Assert.Contains("backward through the graph a second time", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_saved_tensor_that_was_changed_is_noticed()
    {
        Tensor w = Tensor.Ones([1], DType.Float64);
        Tensor y = new CubeFunction().Call(Leaf(2), w);
        w.AddInPlace(1);
        Assert.Contains("inplace", Assert.Throws<TorchException>(() => y.Sum().Backward()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Functions_nest_inside_backward()
    {
        // The gradient of x³ (w = 1) with respect to x written with the function itself: 3·(x²) = 3·(x³·(1/x)).
        var outer = new CubeFunction();
        Tensor x = Leaf(2);
        var function = new CubeFunction
        {
            OnBackward = g => [g * outer.Call(x, Tensor.From([3.0 / 2], [1])), null],
        };
        Tensor gradient = Gradient.Of(function.Call(x, Leaf(1)), x, createGraph: true);
        Assert.Equal(12, gradient.Item());
        Assert.Equal(3 * 4 * 1.5, Gradient.Of(gradient, x).Item());
    }

    [Fact]
    public void A_backward_pass_may_run_inside_backward()
    {
        Tensor x = Leaf(2);
        var function = new CubeFunction
        {
            OnBackward = g =>
            {
                using GradMode on = GradMode.On();
                Tensor point = x.Detach();
                point.RequiresGrad = true;
                return [Gradient.Of((point * point * point).Sum(), point), null];
            },
        };
        Assert.Equal(12, Gradient.Of(function.Call(x, Leaf(1)), x).Item());
    }

    [Fact]
    public void An_input_may_be_returned_as_it_is()
    {
        Tensor x = Leaf(2);
        Tensor y = new IdentityFunction().Call(x);
        Assert.Equal(10, Gradient.Of(y * 5, x).Item());
    }

    [Fact]
    public void One_instance_may_be_applied_many_times()
    {
        var function = new CubeFunction();
        Tensor x = Leaf(1.1);
        Tensor y = function.Call(function.Call(x, Leaf(1)), Leaf(1));
        Assert.Equal(9 * Math.Pow(1.1, 8), Gradient.Of(y, x).Item(), 1e-12);
    }

    private static Tensor Leaf(params double[] values)
    {
        Tensor leaf = Tensor.From(values, [values.Length]);
        leaf.RequiresGrad = true;
        return leaf;
    }

    // Its backward doubles the gradient, to be told from a lost node.
    private sealed class IdentityFunction : AutogradFunction
    {
        internal Tensor Call(Tensor x) => Apply(x);

        protected override Tensor Forward(FunctionContext context, Tensor[] inputs) => inputs[0];

        protected override Tensor?[] Backward(FunctionContext context, Tensor gradient) => [gradient * 2];
    }
}
