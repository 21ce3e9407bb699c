using StyleGanSharp.Metrics.Inception;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Tests.Inception;

[WithTensorScope]
public sealed class InceptionScoreTests
{
    private const string Archive = "metrics/is.npz";

    // That of the golden files' README, relative.
    private const double Tolerance = 1e-5;

    public static TheoryData<string> Cases =>
        [.. GoldenFolder.Keys(Archive).Where(k => k.EndsWith("probs", StringComparison.Ordinal)).Select(
            k => k[..^"probs".Length])];

    [GoldenTheory, MemberData(nameof(Cases))]
    public void Equals_the_golden_numbers(string prefix)
    {
        var golden = new GoldenTensors(Archive, prefix);
        int splits = GoldenFolder.Json("metrics/is.json").GetProperty("num_splits").GetInt32();
        InceptionScore result = InceptionScore.Of(golden["probs"], splits);
        double mean = golden["mean"].Item(), deviation = golden["std"].Item();
        Assert.Equal(mean, result.Mean, Tolerance * mean);
        Assert.Equal(deviation, result.StandardDeviation, Tolerance * mean);
        Assert.Equal(splits, result.Splits);
    }

    [Fact]
    public void Certain_classes_that_all_occur_score_their_number_and_one_class_scores_one()
    {
        // Zero probabilities everywhere: x log x has to be 0 there.
        Tensor certain = Tensor.From([1f, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1], [6, 3]);
        InceptionScore three = InceptionScore.Of(certain, 2);
        Assert.Equal(3, three.Mean, 1e-12);
        Assert.Equal(0, three.StandardDeviation, 1e-12);
        Assert.Equal(1, InceptionScore.Of(Tensor.From([0.2, 0.8, 0.2, 0.8], [2, 2]), 1).Mean, 1e-12);
    }

    [Fact]
    public void Splits_are_consecutive_and_their_spread_is_that_of_a_population()
    {
        // The first split scores 2, the second one (three images of one class) 1.
        Tensor p = Tensor.From([1.0, 0, 0, 1, 1, 0, 1, 0, 1, 0], [5, 2]);
        InceptionScore result = InceptionScore.Of(p, 2);
        Assert.Equal(1.5, result.Mean, 1e-12);
        Assert.Equal(0.5, result.StandardDeviation, 1e-12);
    }

    [Theory, InlineData(0.5, 0.6), InlineData(-0.5, 1.5), InlineData(double.NaN, 0.5), InlineData(3, 12)]
    public void Values_that_are_not_probabilities_are_refused(double first, double second)
    {
        var problem = Assert.Throws<MetricException>(() => InceptionScore.Of(Tensor.From([0.5, 0.5, first, second], [2, 2]), 1));
        Assert.Contains("Row 1", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_splits_than_images_are_refused()
    {
        Tensor p = Tensor.From([1.0, 0], [1, 2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => InceptionScore.Of(p, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => InceptionScore.Of(p, 0));
        Assert.Throws<ShapeException>(() => InceptionScore.Of(Tensor.Zeros([4]), 1));
    }
}
