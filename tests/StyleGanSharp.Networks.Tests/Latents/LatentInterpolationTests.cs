using StyleGanSharp.Data.Numpy;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Networks.Tests.Latents;

/// <summary>Spherical interpolation against its closed form.</summary>
public sealed class LatentInterpolationTests
{
    private const double Exact = 1e-12;

    [Fact]
    public void A_quarter_circle_is_round()
    {
        double[] middle = LatentInterpolation.Spherical([2, 0], [0, 2], 1.0 / 3);
        Assert.Equal(2 * Math.Cos(Math.PI / 6), middle[0], Exact);
        Assert.Equal(2 * Math.Sin(Math.PI / 6), middle[1], Exact);
    }

    [Fact]
    public void The_length_changes_linearly()
    {
        double[] middle = LatentInterpolation.Spherical([1, 0], [0, 3], 0.5);
        Assert.Equal(2, Math.Sqrt((middle[0] * middle[0]) + (middle[1] * middle[1])), Exact);
    }

    [Fact]
    public void Where_there_is_no_circle_it_is_the_line()
    {
        Assert.Equal([2, 0], LatentInterpolation.Spherical([1, 0], [3, 0], 0.5));
        Assert.Equal([0.5, 0], LatentInterpolation.Spherical([1, 0], [-1, 0], 0.25));
        Assert.Equal([0.5, 0], LatentInterpolation.Spherical([0, 0], [1, 0], 0.5));
    }

    [Fact]
    public void Different_sizes_are_refused() =>
        Assert.Throws<ArgumentException>(() => LatentInterpolation.Spherical([1], [1, 2], 0));

    // The golden vectors are normalised; ours keep their length.
    public static TheoryData<string> Archives =>
        GoldenFolder.Keys("metrics/ppl.npz").Contains("slerp/out") ? ["metrics/ppl.npz"] : [];

    [GoldenTheory, MemberData(nameof(Archives))]
    public void Directions_are_those_of_the_golden_files(string archive)
    {
        IReadOnlyDictionary<string, NumpyArray> arrays = GoldenFolder.Arrays(archive);
        double[] a = arrays["slerp/a"].ToDoubles(), b = arrays["slerp/b"].ToDoubles(), t = arrays["slerp/t"].ToDoubles();
        double[] expected = arrays["slerp/out"].ToDoubles();
        int size = (int)arrays["slerp/a"].Shape[^1];
        for (int i = 0; i < a.Length / size; i++)
        {
            double[] point = LatentInterpolation.Spherical(
                Unit(a.AsSpan(i * size, size)), Unit(b.AsSpan(i * size, size)), t[i % t.Length]);
            for (int d = 0; d < size; d++)
            {
                Assert.Equal(expected[(i * size) + d], point[d], 1e-5); // float32 in the files
            }
        }
    }

    private static double[] Unit(Span<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value * value;
        }

        double[] unit = values.ToArray();
        return [.. unit.Select(v => v / Math.Sqrt(sum))];
    }
}
