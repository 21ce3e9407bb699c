using StyleGanSharp.Torch;
using Xunit;

namespace StyleGanSharp.Testing;

/// <summary>Comparison with expected numbers, by the rule of the golden files' README.</summary>
public static class Close
{
    /// <summary>Requires |actual - expected| &lt;= tolerance · max(1, largest |expected|) everywhere, and equal shapes.</summary>
    public static void To(Tensor expected, Tensor actual, double tolerance, string what)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(actual);
        Assert.True(
            expected.Shape.SequenceEqual(actual.Shape),
            $"{what}: shape {Shape.Format(actual.Shape)} instead of {Shape.Format(expected.Shape)}");
        double[] e = expected.ToArray<double>(), a = actual.ToArray<double>();
        double largest = e.Length == 0 ? 0 : e.Max(Math.Abs);
        double limit = tolerance * Math.Max(1, largest);
        double worst = 0;
        int place = 0;
        for (int i = 0; i < e.Length; i++)
        {
            double difference = Math.Abs(a[i] - e[i]);
            if (!(difference <= worst)) // NaN counts as a difference.
            {
                (worst, place) = (difference, i);
            }
        }

        Assert.True(worst <= limit,
            $"{what}: {a.ElementAtOrDefault(place):R} instead of {e.ElementAtOrDefault(place):R} at element {place}: "
                + $"off by {worst:E2}, allowed {limit:E2}");
    }

    /// <summary>Requires 8-bit values to differ by at most one level, on at most half a percent of them.</summary>
    public static void ToBytes(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual, string what)
    {
        Assert.True(expected.Length == actual.Length, $"{what}: {actual.Length} values instead of {expected.Length}");
        int off = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            int difference = Math.Abs(expected[i] - actual[i]);
            Assert.True(difference <= 1, $"{what}: {actual[i]} instead of {expected[i]} at value {i}");
            off += difference;
        }

        Assert.True(off <= 0.005 * expected.Length, $"{what}: {off} of {expected.Length} values are off by one level");
    }
}
