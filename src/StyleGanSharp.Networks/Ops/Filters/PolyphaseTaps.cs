namespace StyleGanSharp.Networks.Ops.Filters;

/// <summary>
/// Upsampling without the inserted zeros: sample up·m + p is the sum of Taps[p][s] times sample m + Offsets[p] + s.
/// </summary>
/// <param name="Offsets">First sample of each phase, relative to the group.</param>
/// <param name="Taps">Taps of each phase.</param>
internal sealed record PolyphaseTaps(int[] Offsets, float[][] Taps)
{
    /// <summary>Most taps of a phase.</summary>
    internal int Longest => Taps.Max(taps => taps.Length);

    /// <summary>Divides a filter.</summary>
    /// <param name="filter">Taps in the order of a correlation, at least one a phase.</param>
    /// <param name="up">Upsampling factor.</param>
    /// <param name="padding">Zeros before the first sample, at the high rate.</param>
    /// <param name="factor">Factor of all taps.</param>
    internal static PolyphaseTaps Of(float[] filter, int up, int padding, double factor)
    {
        var offsets = new int[up];
        var taps = new float[up][];
        for (int p = 0; p < up; p++)
        {
            // Tap t meets a sample where p + t - padding is a multiple of the factor.
            int first = (((padding - p) % up) + up) % up;
            offsets[p] = (p + first - padding) / up;
            taps[p] = [.. Enumerable.Range(0, (filter.Length - first + up - 1) / up).Select(
                s => (float)(filter[first + (up * s)] * factor))];
        }

        return new PolyphaseTaps(offsets, taps);
    }
}
