using StyleGanSharp.Testing;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Torch.Tests.Autograd;

[WithTensorScope]
public sealed class AutogradFunctionErrorTests
{
    private static readonly InvalidOperationException Thrown = new("on purpose");

    [Fact]
    public void What_forward_throws_is_the_inner_exception()
    {
        var function = new CubeFunction { OnForward = _ => throw Thrown };
        TorchException e = Assert.Throws<TorchException>(() => function.Call(Leaf(), Leaf()));
        Assert.Same(Thrown, e.InnerException);
        Assert.Equal("CubeFunction: on purpose", e.Message);
    }

    [Fact]
    public void What_backward_throws_is_the_inner_exception()
    {
        var function = new CubeFunction { OnBackward = _ => throw Thrown };
        TorchException e = Assert.Throws<TorchException>(() => function.Call(Leaf(), Leaf()).Sum().Backward());
        Assert.Same(Thrown, e.InnerException);
        Assert.Equal("CubeFunction: on purpose", e.Message);
        Tensor x = Leaf();
        e = Assert.Throws<TorchException>(() => Gradient.Of(function.Call(x, Leaf()), x));
        Assert.Same(Thrown, e.InnerException);
    }

    [Fact]
    public void What_backward_throws_passes_through_functions_around_it()
    {
        Tensor x = Leaf();
        var inner = new CubeFunction { OnForward = _ => throw Thrown };
        var outer = new CubeFunction { OnBackward = g => [inner.Call(g, g), null] };
        TorchException e = Assert.Throws<TorchException>(() => outer.Call(x, Leaf()).Sum().Backward());
        Assert.Same(Thrown, e.InnerException?.InnerException);
    }

    [Fact]
    public void Exhausted_memory_stays_its_own_kind_of_exception()
    {
        var forward = new CubeFunction { OnForward = _ => Tensor.Empty([1L << 50]) };
        Assert.Throws<TorchOutOfMemoryException>(() => forward.Call(Leaf(), Leaf()));
        var backward = new CubeFunction { OnBackward = _ => [Tensor.Empty([1L << 50]), null] };
        Assert.Throws<TorchOutOfMemoryException>(() => backward.Call(Leaf(), Leaf()).Sum().Backward());
    }

    [Fact]
    public void The_library_goes_on_after_a_failure()
    {
        Tensor x = Leaf();
        var function = new CubeFunction { OnBackward = _ => throw Thrown };
        Assert.Throws<TorchException>(() => function.Call(x, Leaf()).Sum().Backward());
        Assert.Equal(12, Gradient.Of(new CubeFunction().Call(x, Leaf(1)), x).Item());
        Assert.Null(Assert.Throws<TorchException>(() => x.Reshape(9)).InnerException);
    }

    [Fact]
    public void The_number_of_gradients_is_that_of_the_inputs()
    {
        var function = new CubeFunction { OnBackward = g => [g] };
        TorchException e = Assert.Throws<TorchException>(() => function.Call(Leaf(), Leaf()).Sum().Backward());
        Assert.Contains("1 gradients for 2 inputs", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gradient_of_wrong_shape_is_an_error()
    {
        var function = new CubeFunction { OnBackward = _ => [Tensor.Ones([7], DType.Float64), null] };

        // Not of one element: libtorch sums a gradient down to a size of one.
        Tensor x = Tensor.Ones([2], DType.Float64);
        x.RequiresGrad = true;
        TorchException e = Assert.Throws<TorchException>(() => function.Call(x, Leaf()).Sum().Backward());
        Assert.Contains("[7]", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Disposed_tensors_anywhere_are_an_error()
    {
        Tensor gone = Leaf();
        gone.Dispose();
        Assert.Throws<ObjectDisposedException>(() => new CubeFunction().Call(Leaf(), gone));
        var forward = new CubeFunction { OnForward = y => y.Dispose() };
        Assert.IsType<ObjectDisposedException>(Assert.Throws<TorchException>(() => forward.Call(Leaf(), Leaf())).InnerException);

        // The first gradient was handed over already when the second one fails.
        var backward = new CubeFunction { OnBackward = g => [g * 2, gone] };
        Assert.IsType<ObjectDisposedException>(
            Assert.Throws<TorchException>(() => backward.Call(Leaf(), Leaf()).Sum().Backward()).InnerException);
    }

    [Fact]
    public void The_wrong_number_of_saved_tensors_is_an_error()
    {
        TorchException e = Assert.Throws<TorchException>(() => new ForgetfulFunction().Call(Leaf()).Sum().Backward());
        Assert.Contains("kept 1 tensors, not 2", e.Message, StringComparison.Ordinal);
    }

    private static Tensor Leaf(double value = 2)
    {
        Tensor leaf = Tensor.From([value], [1]);
        leaf.RequiresGrad = true;
        return leaf;
    }

    private sealed class ForgetfulFunction : AutogradFunction
    {
        internal Tensor Call(Tensor x) => Apply(x);

        protected override Tensor Forward(FunctionContext context, Tensor[] inputs)
        {
            context.Save(inputs[0]);
            return inputs[0] * 2;
        }

        protected override Tensor?[] Backward(FunctionContext context, Tensor gradient) => context.Saved(2);
    }
}
