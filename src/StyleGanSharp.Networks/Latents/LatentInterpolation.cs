namespace StyleGanSharp.Networks.Latents;

/// <summary>Latents between two latents z.</summary>
public static class LatentInterpolation
{
    private const double Parallel = 1 - 1e-12;

    /// <summary>
    /// Along the great circle between the directions (spherical interpolation; White, "Sampling Generative Networks" (2016), sec.
    /// 2.1), while the length changes linearly. Straight lines would pass through latents that are shorter than any the network
    /// was trained on.
    /// </summary>
    /// <param name="from">At t = 0.</param>
    /// <param name="to">At t = 1; as many numbers.</param>
    /// <param name="t">0 to 1.</param>
    /// <returns>As many numbers.</returns>
    public static double[] Spherical(ReadOnlySpan<double> from, ReadOnlySpan<double> to, double t)
    {
        if (from.Length != to.Length)
        {
            throw new ArgumentException(
                $"Latents of {from.Length} and {to.Length} numbers have no way between them.", nameof(to));
        }

        double fromLength = Length(from), toLength = Length(to), cosine = 0;
        for (int d = 0; d < from.Length; d++)
        {
            cosine += from[d] / fromLength * (to[d] / toLength);
        }

        // Between (nearly) parallel or opposite directions, and from zero, there is no single great circle: the straight line
        // instead.
        double a = 1 - t, b = t;
        if (Math.Abs(cosine) < Parallel)
        {
            double angle = Math.Acos(cosine), length = (a * fromLength) + (b * toLength);
            a = Math.Sin(a * angle) / Math.Sin(angle) * length / fromLength;
            b = Math.Sin(b * angle) / Math.Sin(angle) * length / toLength;
        }

        var result = new double[from.Length];
        for (int d = 0; d < result.Length; d++)
        {
            result[d] = (a * from[d]) + (b * to[d]);
        }

        return result;
    }

    private static double Length(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value * value;
        }

        return Math.Sqrt(sum);
    }
}
