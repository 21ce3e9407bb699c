using System.Collections;
using StyleGanSharp.Networks.Latents;

namespace StyleGanSharp.Training.Sampling;

/// <summary>
/// Draws item numbers without end, in the field's order: a shuffled list is walked in circles, every item that was passed changes
/// places with a random one of the window behind it, and replicas take turns. The same options give the same numbers.
/// </summary>
/// <remarks>
/// <c>order = shuffle(0..n-1); window = rint(n * Window)</c>; at step t, i = t mod n: give order[i] when t mod replicas = rank;
/// then, if window is at least 2, swap order[i] and order[(i - randint(window)) mod n].
/// </remarks>
public sealed class InfiniteSampler : IEnumerable<int>
{
    private readonly int count;
    private readonly InfiniteSamplerOptions options;
    private readonly long start;

    /// <summary>Describes a sequence; each enumeration begins it anew.</summary>
    /// <param name="count">Number of items, at least 1.</param>
    /// <param name="options">Seed, share, window.</param>
    /// <param name="start">
    /// How many numbers this rank has drawn before: the sequence goes on there, exactly. Takes about 10 ns a number.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public InfiniteSampler(int count, InfiniteSamplerOptions options, long start = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Replicas, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Rank, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(options.Rank, options.Replicas, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Window, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Window, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        this.count = count;
        this.options = options;
        this.start = start;
    }

    /// <summary>The numbers from the start position on; never ends.</summary>
    public IEnumerator<int> GetEnumerator()
    {
        int[] order = new int[count];
        for (int i = 0; i < count; i++)
        {
            order[i] = i;
        }

        NumpyRandom? random = null;
        int window = 0;
        if (options.Shuffle)
        {
            random = new NumpyRandom(options.Seed);
            random.Shuffle(order.AsSpan());
            window = (int)Math.Round(count * options.Window, MidpointRounding.ToEven);
        }

        long left = start;
        int at = 0;
        int turn = 0;
        while (true)
        {
            if (turn == options.Rank)
            {
                if (left == 0)
                {
                    yield return order[at];
                }
                else
                {
                    left--;
                }
            }

            if (window >= 2)
            {
                int other = at - (int)random!.RandInt(window);
                other = other < 0 ? other + count : other;
                (order[at], order[other]) = (order[other], order[at]);
            }

            at = at + 1 == count ? 0 : at + 1;
            turn = turn + 1 == options.Replicas ? 0 : turn + 1;
        }
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
