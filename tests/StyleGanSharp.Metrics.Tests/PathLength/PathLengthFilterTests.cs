using StyleGanSharp.Metrics.PathLength;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Metrics.Tests.PathLength;

[WithTensorScope]
public sealed class PathLengthFilterTests
{
    private const string Archive = "metrics/ppl.npz";
    private const string TfArchive = "metric-arithmetic";

    // That of the golden files' READMEs, relative; the limits are elements of the input.
    private const double Tolerance = 1e-5;

    public static TheoryData<string> Cases =>
        [.. GoldenFolder.Keys(Archive).Where(k => k is "dist")];

    public static TheoryData<string> TfCases =>
        GoldenTfFolder.Has(TfArchive + ".npz") ? ["ppl_distances"] : [];

    [GoldenTheory, MemberData(nameof(Cases))]
    public void Equals_the_golden_numbers(string key)
    {
        var golden = new GoldenTensors(Archive);
        PathLengthFilter result = PathLengthFilter.Of(golden[key].ToArray<double>());
        Assert.Equal(golden["lo"].Item(), result.Lowest);
        Assert.Equal(golden["hi"].Item(), result.Highest);
        double expected = golden["ppl"].Item();
        Assert.Equal(expected, result.Mean, Tolerance * expected);
    }

    [GoldenTheory, MemberData(nameof(TfCases))]
    public void Equals_the_golden_numbers_of_the_time_of_tensorflow(string key)
    {
        GoldenTensors golden = GoldenTfFolder.Tensors(TfArchive);
        PathLengthFilter result = PathLengthFilter.Of(golden[key].ToArray<double>());
        Assert.Equal(golden["ppl_lo"].Item(), result.Lowest);
        Assert.Equal(golden["ppl_hi"].Item(), result.Highest);
        Assert.Equal(golden["ppl_filtered_count"].Item(), result.Kept);
        double expected = golden["ppl_value"].Item();
        Assert.Equal(expected, result.Mean, Tolerance * expected);
    }

    [Theory, InlineData(1, 0, 0), InlineData(2, 0, 1), InlineData(100, 0, 99), InlineData(101, 1, 99), InlineData(701, 7, 693)]
    public void Limits_are_elements_and_belong_to_what_is_kept(int count, int low, int high)
    {
        // All whole numbers below the count, mixed: 37 has no divisor in common with any of the counts.
        double[] distances = [.. Enumerable.Range(0, count).Select(i => (double)(i * 37 % count))];
        PathLengthFilter result = PathLengthFilter.Of(distances);
        Assert.Equal(new PathLengthFilter((low + high) / 2.0, low, high, high - low + 1), result);
    }

    [Fact]
    public void No_distances_and_distances_that_are_not_finite_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PathLengthFilter.Of([]));
        Assert.Throws<MetricException>(() => PathLengthFilter.Of([1, double.NaN]));
        Assert.Throws<MetricException>(() => PathLengthFilter.Of([1, double.PositiveInfinity]));
    }
}
