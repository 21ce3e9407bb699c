namespace StyleGanSharp.Metrics.Distributions;

/// <summary>The two-sample Kolmogorov-Smirnov statistic: the largest gap between two empirical distribution functions.</summary>
public static class KolmogorovSmirnov
{
    /// <summary>Computes the statistic.</summary>
    /// <param name="a">One sample, finite numbers, at least one.</param>
    /// <param name="b">The other sample.</param>
    /// <returns>0 for equal distributions to 1 for samples that do not overlap.</returns>
    /// <exception cref="ArgumentException">A sample is empty or has numbers that are not finite.</exception>
    public static double Between(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double[] first = Sorted(a, nameof(a)), second = Sorted(b, nameof(b));
        double largest = 0;
        int i = 0, j = 0;
        while (i < first.Length && j < second.Length)
        {
            // Both functions step at equal values before they are compared.
            double value = Math.Min(first[i], second[j]);
            while (i < first.Length && first[i] == value)
            {
                i++;
            }

            while (j < second.Length && second[j] == value)
            {
                j++;
            }

            largest = Math.Max(largest, Math.Abs(((double)i / first.Length) - ((double)j / second.Length)));
        }

        return largest;
    }

    private static double[] Sorted(ReadOnlySpan<double> values, string name)
    {
        double[] sorted = values.ToArray();
        if (sorted.Length == 0 || sorted.Any(v => !double.IsFinite(v)))
        {
            throw new ArgumentException("A sample must have numbers, all of them finite.", name);
        }

        Array.Sort(sorted);
        return sorted;
    }
}
