using StyleGanSharp.Testing;

namespace StyleGanSharp.Torch.Tests;

/// <summary>
/// Every method of the public interface reaches the operator it is named after, with its arguments in their places.
/// </summary>
[WithTensorScope]
public sealed class TensorMathTests
{
    private static readonly double[] Points = [-1.5, -0.5, 0.25, 2];

    [Fact]
    public void Element_wise_functions_are_those_of_mathematics()
    {
        Check(x => x.Square(), x => x * x);
        Check(x => x.Abs(), Math.Abs);
        Check(x => x.Exp(), Math.Exp);
        Check(x => x.Sin(), Math.Sin);
        Check(x => x.Cos(), Math.Cos);
        Check(x => x.Round(), Math.Round);
        Check(x => x.Floor(), Math.Floor);
        Check(x => x.Abs().Sqrt(), x => Math.Sqrt(Math.Abs(x)));
        Check(x => x.Abs().RSqrt(), x => 1 / Math.Sqrt(Math.Abs(x)));
        Check(x => x.Abs().Log(), x => Math.Log(Math.Abs(x)));
        Check(x => -x, x => -x);
        Check(x => x + 2, x => x + 2);
        Check(x => x - 2, x => x - 2);
        Check(x => 2 - x, x => 2 - x);
        Check(x => x * 2, x => x * 2);
        Check(x => x / 4, x => x / 4);
        Check(x => x.Clamp(-1, null), x => Math.Max(x, -1));
        Check(x => x.Clamp(null, 1), x => Math.Min(x, 1));
        Check(x => x.Clamp(-1, 1), x => Math.Clamp(x, -1, 1));
        Check(Functional.Relu, x => Math.Max(x, 0));
        Check(x => Functional.LeakyRelu(x, 0.2), x => x > 0 ? x : 0.2 * x);
        Check(Functional.Tanh, Math.Tanh);
        Check(Functional.Sigmoid, x => 1 / (1 + Math.Exp(-x)));
        Check(Functional.Elu, x => x > 0 ? x : Math.Exp(x) - 1);
        Check(Functional.Selu, x => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.Exp(x) - 1)));
        Check(Functional.Softplus, x => Math.Log(1 + Math.Exp(x)));
    }

    [Fact]
    public void Two_tensors_meet_element_by_element()
    {
        Tensor a = Tensor.From([1.0, 2, 3, 4], [2, 2]);
        Tensor b = Tensor.From([2.0, 4], [2]);
        Assert.Equal([3, 6, 5, 8], (a + b).ToArray<double>());
        Assert.Equal([-1, -2, 1, 0], (a - b).ToArray<double>());
        Assert.Equal([2, 8, 6, 16], (a * b).ToArray<double>());
        Assert.Equal([0.5, 0.5, 1.5, 1], (a / b).ToArray<double>());
        Assert.Equal([10, 20, 22, 44], a.MatMul(Tensor.From([2.0, 4, 4, 8], [2, 2])).ToArray<double>());
        Assert.Equal([5, 18, 7, 20], a.Addcmul(b, b).ToArray<double>());
        Assert.Equal([1.5, 3, 2.5, 4], a.Lerp(b.Expand(2, 2), 0.5).ToArray<double>());
    }

    [Fact]
    public void In_place_methods_change_the_tensor_and_return_it()
    {
        Tensor a = Tensor.Ones([2]);
        Assert.Same(a, a.AddInPlace(2.0).MulInPlace(3.0).AddInPlace(a).SubInPlace(Tensor.Ones([2])).MulInPlace(
            Tensor.Full([2], 2)));
        Assert.Equal([34f, 34f], a.ToArray<float>());
        Assert.Equal([30f, 30f], a.ClampInPlace(null, 30).ToArray<float>());
        Assert.Equal([-6f, -6f], Functional.LeakyReluInPlace(a.FillInPlace(-12), 0.5).ToArray<float>());
        Assert.Equal([1f, 1f], a.CopyInPlace(Tensor.Ones([1], DType.Int64)).ToArray<float>());
    }

    [Fact]
    public void Reductions_take_the_named_dimensions()
    {
        Tensor x = Tensor.Arange(6, DType.Float64).Reshape(2, 3);
        Assert.Equal(15, x.Sum().Item());
        Assert.Equal(2.5, x.Mean().Item());
        Assert.Equal(DType.Float64, x.To(DType.Float32).Sum(DType.Float64).DType);
        Assert.Equal([3, 12], x.Sum([1]).ToArray<double>());
        Assert.Equal([1, 3], x.Mean([0], keepDim: true).Shape.ToArray());
        Assert.Equal([2, 5], x.Max([1]).ToArray<double>());
        Assert.Equal([0, 1, 2], x.Min([0]).ToArray<double>());
        Assert.Equal(5, x.Max().Item());
        Assert.Equal(0, x.Min().Item());
        Assert.True(x.AllFinite());
        Assert.False((x / 0).AllFinite());
    }

    [Fact]
    public void Rearrangements_move_elements_to_their_places()
    {
        Tensor x = Tensor.Arange(6).Reshape(2, 3);
        Assert.Equal([3, 2], x.Permute(1, 0).Shape.ToArray());
        Assert.Equal([2, 1, 3], x.Unsqueeze(1).Shape.ToArray());
        Assert.Equal([2, 3], x.Unsqueeze(-1).Squeeze(2).Shape.ToArray());
        Assert.Equal([4, 6], x.Repeat(2, 2).Shape.ToArray());
        Assert.Equal([0f, 0f, 1f, 1f, 2f, 2f], x.Select(0, 0).RepeatInterleave(2, 0).ToArray<float>());
        Assert.Equal([2f, 5f], x.Select(1, -1).ToArray<float>());
        Assert.Equal([0f, 2f, 3f, 5f], x.Slice(1, 0, step: 2).ToArray<float>());
        Assert.Equal([3f, 4f, 5f, 0f, 1f, 2f], x.IndexSelect(0, Tensor.From([1L, 0L], [2])).ToArray<float>());
        Assert.Equal([2f, 1f, 0f, 5f, 4f, 3f], x.Flip(1).ToArray<float>());
        Assert.Equal([7f, 0f, 1f, 7f, 3f, 4f], x.Pad([1, -1], 7).ToArray<float>());
        Assert.Equal([2, 2, 3], Tensor.Stack([x, x]).Shape.ToArray());
        Assert.Equal([2, 6], Tensor.Cat([x, x], 1).Shape.ToArray());
        Assert.Equal([[0f, 3f], [1f, 4f], [2f, 5f]], x.Unbind(1).Select(t => t.ToArray<float>()));
        Assert.Equal(3, x.Size(-1));
    }

    [Fact]
    public void A_tensor_takes_over_the_elements_of_another_one_with_their_shape()
    {
        Tensor x = Tensor.Zeros([2, 3]);
        Assert.Equal(6, x.Count);
        x.ReplaceElements(Tensor.Arange(2, DType.Float64));
        Assert.Equal([2], x.Shape.ToArray());
        Assert.Equal([0, 1], x.AsSpan<double>().ToArray());
    }

    [Fact]
    public void Convolutions_and_their_transposes_take_steps_padding_and_groups()
    {
        Tensor x = Tensor.Ones([1, 2, 4, 5]);
        Assert.Equal([1, 3, 2, 3], Functional.Conv2d(
            x, Tensor.Ones([3, 2, 3, 3]), Tensor.Zeros([3]), (1, 2), (0, 1)).Shape.ToArray());
        Assert.Equal(9, Functional.Conv2d(x, Tensor.Ones([2, 1, 3, 3]), groups: 2).Max().Item());
        Assert.Equal([1, 3, 7, 11], Functional.ConvTranspose2d(x, Tensor.Ones([2, 3, 3, 3]), (2, 2), (1, 0)).Shape.ToArray());
        Tensor w = Tensor.From([1.0, 2, 3, 4], [2, 2]);
        Assert.Equal([3, 7], Functional.Linear(Tensor.Ones([1, 2], DType.Float64), w, null).ToArray<double>());
        Assert.Equal([4, 8], Functional.Linear(
            Tensor.Ones([1, 2], DType.Float64), w, Tensor.Ones([2], DType.Float64)).ToArray<double>());
    }

    private static void Check(Func<Tensor, Tensor> function, Func<double, double> expected)
    {
        double[] actual = function(Tensor.From(Points, [4])).ToArray<double>();
        Assert.All(Points.Select(expected).Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }
}
