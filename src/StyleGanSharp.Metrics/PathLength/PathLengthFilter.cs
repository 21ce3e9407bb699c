namespace StyleGanSharp.Metrics.PathLength;

/// <summary>
/// The mean of perceptual path lengths without their outliers: what lies below the 1st or above the 99th percentile is dropped.
/// Source: Karras et al., "A Style-Based Generator Architecture for Generative Adversarial Networks" (2019), section 4.1, and the
/// convention of its published numbers for percentiles between two values.
/// </summary>
/// <param name="Mean">Mean of the distances that are kept: the perceptual path length.</param>
/// <param name="Lowest">1st percentile: the smallest distance that is kept.</param>
/// <param name="Highest">99th percentile: the largest one.</param>
/// <param name="Kept">Number of distances that are kept, both limits included.</param>
public sealed record PathLengthFilter(double Mean, double Lowest, double Highest, int Kept)
{
    private const int LowPercent = 1;
    private const int HighPercent = 99;

    /// <summary>
    /// Filters distances. A percentile between two distances is the lower of them at the low end and the higher one at the high
    /// end, so few samples lose nothing.
    /// </summary>
    /// <param name="distances">Each divided by the square of the step, at least one.</param>
    /// <exception cref="ArgumentException">There are no distances.</exception>
    /// <exception cref="MetricException">A distance is not a finite number.</exception>
    public static PathLengthFilter Of(ReadOnlySpan<double> distances)
    {
        if (distances.IsEmpty)
        {
            throw new ArgumentException("There are no distances to take a mean of.", nameof(distances));
        }

        double[] sorted = distances.ToArray();
        if (!Array.TrueForAll(sorted, double.IsFinite))
        {
            throw new MetricException(
                "Some path lengths are not finite numbers, so they have no mean; check the snapshot and the detector.");
        }

        Array.Sort(sorted);

        // Whole numbers: 0.99 · (n - 1) in floating point may round across the element it ought to hit.
        long last = sorted.Length - 1;
        double lowest = sorted[LowPercent * last / 100], highest = sorted[((HighPercent * last) + 99) / 100];
        double sum = 0;
        int kept = 0;
        foreach (double distance in sorted)
        {
            if (distance >= lowest && distance <= highest)
            {
                sum += distance;
                kept++;
            }
        }

        return new PathLengthFilter(sum / kept, lowest, highest, kept);
    }
}
