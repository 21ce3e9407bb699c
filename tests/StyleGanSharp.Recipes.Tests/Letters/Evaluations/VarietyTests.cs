using StyleGanSharp.Recipes.Letters.Evaluations;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Recipes.Tests.Letters.Evaluations;

[WithTensorScope]
public sealed class VarietyTests
{
    [Fact]
    public void Points_of_a_triangle_have_the_mean_of_its_sides() =>
        Assert.Equal((3 + 4 + 5) / 3.0, Variety.MeanPairwiseDistance(Tensor.From([0.0, 0, 3, 0, 0, 4], [3, 2])), 1e-12);

    [Fact]
    public void It_is_the_mean_over_all_pairs()
    {
        using var draws = new RandomGenerator(5);
        Tensor features = Tensor.RandN([20, 7], draws, DType.Float64);
        double[] v = features.ToArray<double>();
        var distances = new List<double>();
        for (int i = 0; i < 20; i++)
        {
            for (int j = 0; j < i; j++)
            {
                distances.Add(Math.Sqrt(Enumerable.Range(0, 7).Sum(k => Math.Pow(v[(i * 7) + k] - v[(j * 7) + k], 2))));
            }
        }

        Assert.Equal(distances.Average(), Variety.MeanPairwiseDistance(features), 1e-12);
    }

    [Fact]
    public void Far_from_zero_equal_points_stay_equal() =>
        Assert.Equal(0, Variety.MeanPairwiseDistance(Tensor.Full([5, 3], 1000, DType.Float64)), 1e-9);

    [Fact]
    public void One_point_has_none() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Variety.MeanPairwiseDistance(Tensor.Zeros([1, 3], DType.Float64)));
}
