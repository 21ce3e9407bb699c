namespace StyleGanSharp.Networks.Latents;

/// <summary>
/// NumPy's legacy generator numpy.random.RandomState, bit for bit: the Mersenne Twister MT19937 (Matsumoto and Nishimura 1998)
/// with 32-bit seeding, 53-bit uniform numbers, Gaussian numbers by Marsaglia's polar method with the second one kept, and
/// integers by masked rejection. Seed 42 therefore shows the same image as in every other StyleGAN tool. Not thread-safe.
/// </summary>
public sealed class NumpyRandom
{
    private readonly MersenneTwister bits;
    private double? nextGaussian;

    /// <summary>RandomState(seed)</summary>
    /// <param name="seed">Any 32-bit number.</param>
    public NumpyRandom(uint seed)
    {
        bits = new MersenneTwister(seed);
    }

    /// <summary>seed(seed): starts over; a kept Gaussian number is dropped.</summary>
    /// <param name="seed">Any 32-bit number.</param>
    public void Seed(uint seed)
    {
        bits.Seed(seed);
        nextGaussian = null;
    }

    /// <summary>rand(): one uniform number in [0, 1) with 53 random bits.</summary>
    public double Rand()
    {
        uint high = bits.Next() >> 5;
        uint low = bits.Next() >> 6;
        return ((high * 67108864.0) + low) / 9007199254740992.0;
    }

    /// <summary>rand(count): uniform numbers in [0, 1).</summary>
    /// <param name="count">How many, at least 0.</param>
    public double[] Rand(int count) => Draw(count, Rand);

    /// <summary>randn(): one number from the normal distribution with mean 0 and variance 1.</summary>
    public double RandN()
    {
        if (nextGaussian is double kept)
        {
            nextGaussian = null;
            return kept;
        }

        double x1, x2, r2;
        do
        {
            x1 = (2.0 * Rand()) - 1.0;
            x2 = (2.0 * Rand()) - 1.0;
            r2 = (x1 * x1) + (x2 * x2);
        }
        while (r2 is >= 1.0 or 0.0);

        double f = Math.Sqrt(-2.0 * Math.Log(r2) / r2);
        nextGaussian = f * x1;
        return f * x2;
    }

    /// <summary>randn(count): normal numbers; a shape (n, m) is n * m of them in row-major order.</summary>
    /// <param name="count">How many, at least 0.</param>
    public double[] RandN(int count) => Draw(count, RandN);

    /// <summary>randint(low, high): one whole number in [low, high), by the rule for 64-bit results.</summary>
    /// <param name="low">Smallest value.</param>
    /// <param name="high">One more than the largest value.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="high"/> is not above <paramref name="low"/>.</exception>
    public long RandInt(long low, long high)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(high, low);
        return unchecked(low + (long)Below((ulong)high - (ulong)low - 1));
    }

    /// <summary>randint(high): one whole number in [0, high).</summary>
    /// <param name="high">One more than the largest value.</param>
    public long RandInt(long high) => RandInt(0, high);

    /// <summary>randint(low, high, size=count).</summary>
    /// <param name="low">Smallest value.</param>
    /// <param name="high">One more than the largest value.</param>
    /// <param name="count">How many, at least 0.</param>
    public long[] RandInt(long low, long high, int count) => Draw(count, () => RandInt(low, high));

    /// <summary>shuffle(items): reorders the items in place (Fisher-Yates from the end).</summary>
    /// <typeparam name="T">Any type.</typeparam>
    /// <param name="items">The items.</param>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = (int)Below((ulong)i);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>permutation(count): the numbers 0 to count - 1 in random order.</summary>
    /// <param name="count">How many, at least 0.</param>
    public long[] Permutation(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        long[] result = new long[count];
        for (int i = 0; i < count; i++)
        {
            result[i] = i;
        }

        Shuffle(result.AsSpan());
        return result;
    }

    /// <summary>choice(population, count, replace=False): distinct numbers below <paramref name="population"/>.</summary>
    /// <param name="population">Number of possible values 0 to population - 1.</param>
    /// <param name="count">How many to take, at most <paramref name="population"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">More numbers are asked for than there are.</exception>
    public long[] Choice(int population, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, population);
        return Permutation(population)[..count];
    }

    /// <summary>
    /// A number from 0 to <paramref name="most"/>: draws under the smallest all-ones mask are repeated until one fits. Up to
    /// 32 bits take one draw, more take two, high word first; most = 0 draws nothing.
    /// </summary>
    private ulong Below(ulong most)
    {
        if (most == 0)
        {
            return 0;
        }

        ulong mask = ulong.MaxValue >> System.Numerics.BitOperations.LeadingZeroCount(most);
        ulong value;
        do
        {
            ulong draw = most <= uint.MaxValue ? bits.Next() : ((ulong)bits.Next() << 32) | bits.Next();
            value = draw & mask;
        }
        while (value > most);

        return value;
    }

    private static T[] Draw<T>(int count, Func<T> next)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        T[] result = new T[count];
        for (int i = 0; i < count; i++)
        {
            result[i] = next();
        }

        return result;
    }
}
