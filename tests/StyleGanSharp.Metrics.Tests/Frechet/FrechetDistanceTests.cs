using StyleGanSharp.Metrics.Frechet;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Tests.Frechet;

[WithTensorScope]
public sealed class FrechetDistanceTests
{
    private const string Archive = "metrics/fid.npz";

    // Those of the golden files' README: absolute for moments; relative for distances, of which the rank-deficient one is
    // ill-conditioned.
    private const double MomentTolerance = 1e-8;
    private const double Tolerance = 1e-5;
    private const double DeficientTolerance = 1e-2;

    public static TheoryData<string> Cases =>
        [.. GoldenFolder.Keys(Archive).Where(k => k.EndsWith("/fid", StringComparison.Ordinal)).Select(k => k[..^"/fid".Length])];

    [GoldenTheory, MemberData(nameof(Cases))]
    public void Equals_the_golden_numbers(string name)
    {
        var golden = new GoldenTensors(Archive, name + "/");
        using FeatureStatistics real = Statistics(golden["real"]), generated = Statistics(golden["gen"]);
        Close.To(golden["mu_real"], real.Mean, MomentTolerance, "mean of the real ones");
        Close.To(golden["mu_gen"], generated.Mean, MomentTolerance, "mean of the generated ones");
        Close.To(golden["sigma_real"], real.Covariance, MomentTolerance, "covariance of the real ones");
        Close.To(golden["sigma_gen"], generated.Covariance, MomentTolerance, "covariance of the generated ones");

        double distance = FrechetDistance.Between(real, generated);
        bool deficient = golden["real"].Size(0) < golden["real"].Size(1);
        double expected = golden["fid"].Item();
        Assert.Equal(expected, distance, (deficient ? DeficientTolerance : Tolerance) * Math.Max(1, Math.Abs(expected)));

        // The same number by another way, which is well-conditioned in every case.
        if (golden.Has("fid_eig"))
        {
            double eigenvalues = golden["fid_eig"].Item();
            Assert.Equal(eigenvalues, distance, Tolerance * Math.Max(1, Math.Abs(eigenvalues)));
        }

        Assert.Equal(distance, FrechetDistance.Between(generated, real), 1e-7 * Math.Max(1, distance));
    }

    [Fact]
    public void Uncorrelated_features_have_a_closed_form()
    {
        // Each feature adds (difference of means)² + (difference of deviations)².
        using var a = new FeatureStatistics(Vector(1, 2, 3), Diagonal(4, 9, 0), 10);
        using var b = new FeatureStatistics(Vector(1, 0, 3), Diagonal(1, 9, 4), 10);
        Assert.Equal(4 + 1 + 0 + 4, FrechetDistance.Between(a, b), 1e-9);
        Assert.Equal(0, FrechetDistance.Between(a, a), 1e-9);
    }

    [Fact]
    public void Batches_and_one_heap_give_the_same_statistics()
    {
        using var random = new RandomGenerator(2);
        Tensor features = Tensor.RandN([50, 6], random);
        using var moments = new FeatureMoments(6);
        moments.Add(features.Slice(0, 0, 33));
        moments.Add(features.Slice(0, 33));
        using FeatureStatistics parts = moments.Finish(), whole = Statistics(features);
        Assert.Equal(50, parts.Count);
        Close.To(whole.Mean, parts.Mean, 1e-14, "mean");
        Close.To(whole.Covariance, parts.Covariance, 1e-14, "covariance");
    }

    [Fact]
    public void Spaces_of_different_size_and_values_that_are_no_numbers_are_refused()
    {
        using var a = new FeatureStatistics(Vector(1, 2), Diagonal(1, 1), 10);
        using var b = new FeatureStatistics(Vector(1), Diagonal(1), 10);
        using var c = new FeatureStatistics(Vector(double.NaN, 2), Diagonal(1, 1), 10);
        Assert.Throws<ShapeException>(() => FrechetDistance.Between(a, b));
        Assert.Throws<MetricException>(() => FrechetDistance.Between(a, c));
        using var empty = new FeatureMoments(2);
        Assert.Throws<InvalidOperationException>(() => empty.Finish());
    }

    private static FeatureStatistics Statistics(Tensor features)
    {
        using var moments = new FeatureMoments((int)features.Size(1));
        moments.Add(features);
        return moments.Finish();
    }

    private static Tensor Vector(params double[] values) => Tensor.From(values, [values.Length]);

    private static Tensor Diagonal(params double[] values)
    {
        var matrix = new double[values.Length * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            matrix[i * (values.Length + 1)] = values[i];
        }

        return Tensor.From(matrix, [values.Length, values.Length]);
    }
}
