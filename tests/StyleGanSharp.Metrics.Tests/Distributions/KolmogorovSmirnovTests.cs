using StyleGanSharp.Metrics.Distributions;

namespace StyleGanSharp.Metrics.Tests.Distributions;

public sealed class KolmogorovSmirnovTests
{
    [Fact]
    public void Known_cases()
    {
        Assert.Equal(0, KolmogorovSmirnov.Between([1, 2, 3], [3, 1, 2]));
        Assert.Equal(1, KolmogorovSmirnov.Between([1, 2], [5, 6, 7]));
        Assert.Equal(0.5, KolmogorovSmirnov.Between([1, 2, 3, 4], [3, 4, 5, 6]));

        // Ties: at 1 the functions are 3/4 and 1/4.
        Assert.Equal(0.5, KolmogorovSmirnov.Between([1, 1, 1, 2], [1, 2, 2, 2]));
    }

    [Fact]
    public void Uniform_samples_against_a_shifted_one()
    {
        double[] a = [.. Enumerable.Range(0, 1000).Select(i => (double)i)];
        double[] b = [.. a.Select(v => v + 200)];
        Assert.Equal(0.2, KolmogorovSmirnov.Between(a, b), 1e-9);
    }

    [Fact]
    public void Empty_samples_and_numbers_that_are_not_finite_are_refused()
    {
        Assert.Throws<ArgumentException>(() => KolmogorovSmirnov.Between([], [1]));
        Assert.Throws<ArgumentException>(() => KolmogorovSmirnov.Between([1], [double.NaN]));
    }
}
