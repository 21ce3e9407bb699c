using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Identity;

/// <summary>
/// Euclidean distances between random pairs of descriptors, for example of the faces that a generator makes: how different their
/// identities are, and how often two are the same person.
/// </summary>
public sealed class PairwiseDistance
{
    private readonly double[] sorted;

    private PairwiseDistance(double[] sorted)
    {
        this.sorted = sorted;
        Mean = sorted.Average();
        StandardDeviation = Math.Sqrt(sorted.Average(d => (d - Mean) * (d - Mean)));
    }

    /// <summary>The mean of the distances.</summary>
    public double Mean { get; }

    /// <summary>Their standard deviation (population).</summary>
    public double StandardDeviation { get; }

    /// <summary>Number of pairs.</summary>
    public int Pairs => sorted.Length;

    /// <summary>
    /// Draws pairs of two different descriptors and measures them. Where there are no more pairs than are asked for, all of them
    /// are measured once, and nothing is drawn.
    /// </summary>
    /// <param name="descriptors">[N, F] floating point, N at least 2; for faces F = 128.</param>
    /// <param name="pairs">How many pairs, at least 1.</param>
    /// <param name="random">Draws the pairs; one may be drawn twice.</param>
    /// <exception cref="ShapeException">Not a matrix.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than two descriptors, or no pairs are asked for.</exception>
    /// <exception cref="MetricException">The descriptors hold values that are not finite numbers.</exception>
    public static PairwiseDistance Of(Tensor descriptors, int pairs, NumpyRandom random)
    {
        Shape.Require(descriptors, [null, null]);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(descriptors.Size(0), 2, nameof(descriptors));
        ArgumentOutOfRangeException.ThrowIfLessThan(pairs, 1);
        FiniteFeatures.Require(descriptors);
        double[] values = descriptors.ToArray<double>();
        int count = (int)descriptors.Size(0), width = (int)descriptors.Size(1);
        long all = (long)count * (count - 1) / 2;
        double[] distances = [.. (all <= pairs ? AllPairs(count) : RandomPairs(count, pairs, random)).Select(
            pair => Between(values.AsSpan(pair.First * width, width), values.AsSpan(pair.Second * width, width)))];
        Array.Sort(distances);
        return new PairwiseDistance(distances);
    }

    /// <summary>The distance below which a part of the pairs lies; between two pairs linear, as NumPy has it.</summary>
    /// <param name="percent">0 (the smallest distance) to 100 (the largest one).</param>
    public double Percentile(double percent)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(percent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        double place = percent / 100 * (sorted.Length - 1);
        int below = Math.Min((int)place, sorted.Length - 1), above = Math.Min(below + 1, sorted.Length - 1);
        return double.Lerp(sorted[below], sorted[above], place - below);
    }

    /// <summary>
    /// The share of pairs that are closer than a threshold: with that of a recognition network, of equal persons.
    /// </summary>
    /// <param name="threshold">A distance.</param>
    /// <returns>0 to 1.</returns>
    public double ShareBelow(double threshold) => (double)sorted.Count(d => d < threshold) / sorted.Length;

    private static IEnumerable<(int First, int Second)> AllPairs(int count)
    {
        for (int i = 0; i < count; i++)
        {
            for (int j = i + 1; j < count; j++)
            {
                yield return (i, j);
            }
        }
    }

    private static IEnumerable<(int First, int Second)> RandomPairs(int count, int pairs, NumpyRandom random)
    {
        for (int i = 0; i < pairs; i++)
        {
            int first = (int)random.RandInt(count), other = (int)random.RandInt(count - 1);
            yield return (first, other < first ? other : other + 1);
        }
    }

    private static double Between(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int f = 0; f < a.Length; f++)
        {
            sum += (a[f] - b[f]) * (a[f] - b[f]);
        }

        return Math.Sqrt(sum);
    }
}
