using StyleGanSharp.Testing;

namespace StyleGanSharp.Torch.Tests;

[WithTensorScope]
public sealed class OperatorTests
{
    [Fact]
    public void Tensors_and_scalars_are_arguments()
    {
        Tensor a = Tensor.From([1f, 2f], [2]);
        Tensor b = Tensor.From([10f, 20f], [2]);
        Assert.Equal([21f, 42f], new Operator("aten::add", "Tensor").Call(a, b, 2).ToArray<float>());
        Assert.Equal([21f, 42f], new Operator("aten::add", "Tensor").Call(a, b, 2.0).ToArray<float>());
    }

    [Fact]
    public void Missing_arguments_take_the_defaults_of_the_schema()
    {
        Tensor a = Tensor.From([1f, 2f], [2]);
        Assert.Equal([2f, 4f], new Operator("aten::add", "Tensor").Call(a, a).ToArray<float>());
    }

    [Fact]
    public void A_missing_argument_without_default_is_named()
    {
        Tensor a = Tensor.Ones([2]);
        TorchException e = Assert.Throws<TorchException>(() => new Operator("aten::add", "Tensor").Call(a));
        Assert.Contains("'other' is missing", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_of_integers_are_arguments()
    {
        Tensor x = Tensor.Arange(6).Reshape(2, 3);
        Assert.Equal([3, 2], new Operator("aten::permute").Call(x, new long[] { 1, 0 }).Shape.ToArray());
        Assert.Equal([], new Operator("aten::reshape").Call(Tensor.Ones([1]), Array.Empty<long>()).Shape.ToArray());
    }

    [Fact]
    public void Lists_of_numbers_and_optional_numbers_are_arguments()
    {
        Tensor x = Tensor.Arange(16).Reshape(1, 1, 4, 4);
        Tensor up = new Operator("aten::upsample_nearest2d", "vec").Call(x, Argument.None, new double[] { 2, 2 });
        Assert.Equal([1, 1, 8, 8], up.Shape.ToArray());
        Tensor whole = new Operator("aten::upsample_nearest2d", "vec").Call(x, Argument.None, new long[] { 2, 2 });
        Assert.Equal(up.ToArray<float>(), whole.ToArray<float>());
    }

    [Fact]
    public void Lists_of_truth_values_are_arguments()
    {
        Tensor x = Tensor.Ones([1, 1, 3, 3]);
        Tensor y = Tensor.Ones([1, 1, 1, 1]);
        Tensor w = Tensor.Ones([1, 1, 3, 3]);
        long[] one = [1, 1];
        long[] zero = [0, 0];
        (Tensor gradInput, Tensor gradWeight) = new Operator("aten::convolution_backward").CallPair(
            y, x, w, Argument.None, one, zero, one, false, zero, 1, new bool[] { true, true, false });
        Assert.Equal(9, gradInput.Sum().Item());
        Assert.Equal(9, gradWeight.Sum().Item());
    }

    [Fact]
    public void One_integer_stands_for_a_list_of_fixed_length()
    {
        Tensor x = Tensor.Ones([1, 1, 5, 5]);
        Tensor pooled = new Operator("aten::avg_pool2d").Call(x, 2);
        Assert.Equal([1, 1, 2, 2], pooled.Shape.ToArray());
    }

    [Fact]
    public void An_integer_becomes_a_floating_point_number_where_the_schema_asks_for_one()
    {
        Tensor x = Tensor.Ones([4, 4]);
        Tensor normal = new Operator("aten::normal", "float_float").Call(0, 0, new long[] { 3 });
        Assert.Equal([0f, 0f, 0f], normal.ToArray<float>());
        Assert.Equal(16, new Operator("aten::dropout").Call(x, 0, false).Sum().Item());
    }

    [Fact]
    public void Optional_tensors_may_be_absent()
    {
        Tensor x = Tensor.Ones([1, 1, 3, 3]);
        Tensor? none = null;
        Assert.Equal(9, new Operator("aten::conv2d").Call(x, x, none).Item());
        Assert.Equal(9, new Operator("aten::conv2d").Call(x, x, Argument.None).Item());
        Assert.Equal(10, new Operator("aten::conv2d").Call(x, x, Tensor.Ones([1])).Item());
    }

    [Fact]
    public void Lists_of_tensors_are_arguments_and_results()
    {
        Tensor a = Tensor.Arange(2);
        Tensor joined = new Operator("aten::cat").Call(new[] { a, a, a }, 0);
        Assert.Equal([0f, 1f, 0f, 1f, 0f, 1f], joined.ToArray<float>());
        Tensor[] parts = new Operator("aten::split", "Tensor").CallList(joined, 4);
        Assert.Equal([4, 2], parts.Select(p => p.Count));
    }

    [Fact]
    public void Lists_of_optional_tensors_are_arguments()
    {
        Tensor x = Tensor.Arange(6).Reshape(2, 3);
        Tensor columns = Tensor.From([2L, 0L], [2]);
        Tensor y = new Operator("aten::index", "Tensor").Call(x, new Tensor?[] { null, columns });
        Assert.Equal([2f, 0f, 5f, 3f], y.ToArray<float>());
    }

    [Fact]
    public void Texts_are_arguments()
    {
        Tensor x = Tensor.Arange(4);
        Tensor d = new Operator("aten::div", "Tensor_mode").Call(x, Tensor.Full([4], 2), "floor");
        Assert.Equal([0f, 0f, 1f, 1f], d.ToArray<float>());
    }

    [Fact]
    public void A_generator_is_an_argument()
    {
        using var first = new RandomGenerator(5);
        using var second = new RandomGenerator(5);
        Operator randn = new("aten::randn", "generator");
        Assert.Equal(
            randn.Call(new long[] { 8 }, first).ToArray<float>(),
            randn.Call(new long[] { 8 }, second).ToArray<float>());
    }

    [Fact]
    public void Two_results_come_as_a_pair()
    {
        (Tensor values, Tensor indices) = new Operator("aten::sort").CallPair(Tensor.From([3f, 1f, 2f], [3]));
        Assert.Equal([1f, 2f, 3f], values.ToArray<float>());
        Assert.Equal([1L, 2L, 0L], indices.ToArray<long>());
    }

    [Fact]
    public void In_place_operators_change_their_argument()
    {
        Tensor a = Tensor.Ones([2]);
        new Operator("aten::mul_", "Scalar").CallInPlace(a, 3);
        Assert.Equal([3f, 3f], a.ToArray<float>());
    }

    [Fact]
    public void The_schema_is_known()
    {
        Assert.Equal(
            "aten::add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor", new Operator(
                "aten::add", "Tensor").Schema);
    }
}
