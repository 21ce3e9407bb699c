using StyleGanSharp.Testing;

namespace StyleGanSharp.Torch.Tests;

[WithTensorScope]
public sealed class OperatorErrorTests
{
    [Fact]
    public void An_unknown_operator_is_named()
    {
        TorchException e = Assert.Throws<TorchException>(() => new Operator("aten::no_such", "thing").Call());
        Assert.Contains("aten::no_such.thing", e.Message, StringComparison.Ordinal);
        Assert.Throws<TorchException>(() => new Operator("not even a name").Schema);
    }

    [Fact]
    public void Too_many_arguments_are_refused()
    {
        Tensor a = Tensor.Ones([1]);
        TorchException e = Assert.Throws<TorchException>(() => new Operator("aten::relu").Call(a, a));
        Assert.Contains("given 2 arguments, the operator takes 1", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Operator("aten::relu").Call(new Argument[100]));
    }

    [Fact]
    public void The_message_holds_the_operator_and_the_shapes_of_its_operands()
    {
        Tensor a = Tensor.Ones([2, 3]);
        Tensor b = Tensor.Ones([4, 5]);
        TorchException e = Assert.Throws<TorchException>(() => a.MatMul(b));
        Assert.Contains("aten::matmul([2, 3], [4, 5]): ", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<TorchException>(() => Tensor.Cat([a, b], dim: 7));
        Assert.Contains("aten::cat([[2, 3], [4, 5]], 7): ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_message_holds_no_native_stack()
    {
        TorchException e = Assert.Throws<TorchException>(() => Tensor.Ones([2, 3]).Reshape(7));
        Assert.DoesNotContain("frame #", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_of_wrong_kinds_are_refused_without_a_crash()
    {
        Tensor a = Tensor.Ones([2]);
        Operator add = new("aten::add", "Tensor");
        Operator permute = new("aten::permute");
        Argument[] wrong =
        [
            1, 1.5, true, "text", new long[] { 1 }, new double[] { 1 }, new bool[] { true }, new Tensor?[] { a }, Device.Cpu,
            Argument.None,
        ];
        foreach (Argument argument in wrong)
        {
            Assert.ThrowsAny<TorchException>(() => add.Call(argument, a));
        }

        foreach (Argument argument in new Argument[] { 1.5, "text", new double[] { 1 }, new Tensor?[] { a }, a, Argument.None })
        {
            Assert.ThrowsAny<TorchException>(() => permute.Call(a, argument));
        }
    }

    [Fact]
    public void An_absent_tensor_in_a_list_that_needs_all_of_them_is_refused()
    {
        Tensor a = Tensor.Ones([2]);
        Assert.Throws<TorchException>(() => new Operator("aten::cat").Call(new Tensor?[] { a, null }, 0));
    }

    [Fact]
    public void An_absurd_size_is_out_of_memory()
    {
        TorchOutOfMemoryException e = Assert.Throws<TorchOutOfMemoryException>(() => Tensor.Empty([1L << 50]));
        Assert.Contains("aten::empty", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_size_beyond_all_numbers_is_an_error() =>
        Assert.ThrowsAny<TorchException>(() => Tensor.Empty([long.MaxValue, long.MaxValue]));

    [Fact]
    public void A_disposed_tensor_is_refused_and_nothing_stays_held()
    {
        long start = Tensor.LiveCount;
        Tensor good = Tensor.Ones([2]);
        Tensor gone = Tensor.Ones([2]);
        gone.Dispose();
        Assert.Throws<ObjectDisposedException>(() => good + gone);
        Assert.Throws<ObjectDisposedException>(() => Tensor.Cat([good, good, gone, good]));
        Assert.Throws<ObjectDisposedException>(() => new Operator("aten::cat").Call(new[] { good, gone }, 0));
        Assert.Throws<ObjectDisposedException>(() => gone.Shape.Length);

        // A reference that stayed held would keep the handle open beyond its disposal.
        good.Dispose();
        Assert.Equal(start, Tensor.LiveCount);
    }

    [Fact]
    public void A_failed_call_holds_nothing()
    {
        long start = Tensor.LiveCount;
        Tensor a = Tensor.Ones([2, 3]);
        Assert.Throws<TorchException>(() => Tensor.Cat([a, a], dim: 9));
        using var generator = new RandomGenerator(1);
        Assert.Throws<TorchException>(() => Tensor.RandN([-1], generator));
        a.Dispose();
        Assert.Equal(start, Tensor.LiveCount);
    }

    [Fact]
    public void A_disposed_generator_is_refused()
    {
        var generator = new RandomGenerator(1);
        generator.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Tensor.RandN([1], generator));
    }

    [Fact]
    public void Results_of_another_kind_are_given_back()
    {
        long start = Tensor.LiveCount;
        Tensor a = Tensor.Ones([4]);
        Assert.Contains("TensorList", Assert.Throws<TorchException>(
            () => new Operator("aten::split", "Tensor").Call(a, 2)).Message, StringComparison.Ordinal);
        Assert.Throws<TorchException>(() => new Operator("aten::relu").CallList(a));
        Assert.Throws<TorchException>(() => new Operator("aten::relu").CallPair(a));
        Assert.Throws<TorchException>(() => new Operator("aten::is_same_size").CallPair(a, a));
        Assert.Throws<TorchException>(() => new Operator("aten::split", "Tensor").CallPair(a, 2));
        Assert.Throws<TorchException>(() => new Operator("aten::unique_consecutive").CallList(a));
        a.Dispose();
        Assert.Equal(start, Tensor.LiveCount);
    }
}
