namespace StyleGanSharp.Training.Runs;

/// <summary>
/// Seeds of all draws of a run, from the place where they are made: nothing has to be remembered to continue exactly.
/// </summary>
public static class DrawSeed
{
    /// <summary>
    /// The seed of a place: SplitMix64 (Steele et al., "Fast Splittable Pseudorandom Number Generators", 2014), chained.
    /// </summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="place">What tells the draws apart: purpose, rank, images seen, phase, round.</param>
    public static ulong Of(ulong seed, params ReadOnlySpan<long> place)
    {
        ulong state = Mix(seed);
        foreach (long part in place)
        {
            state = Mix(state ^ (ulong)part);
        }

        return state;
    }

    private static ulong Mix(ulong x)
    {
        unchecked
        {
            x += 0x9e3779b97f4a7c15;
            x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
            x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
            return x ^ (x >> 31);
        }
    }
}
