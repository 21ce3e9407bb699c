namespace StyleGanSharp.Training.Runs;

/// <summary>A place in a run: what random numbers depend on.</summary>
/// <param name="RunSeed">The run's seed.</param>
/// <param name="Rank">Number of the process.</param>
/// <param name="Images">Images seen before.</param>
internal readonly record struct RunPlace(uint RunSeed, int Rank, long Images)
{
    /// <summary>The seed of one kind of draws in one part of the iteration.</summary>
    internal ulong Seed(DrawPurpose purpose, int phase = 0, int round = 0) =>
        DrawSeed.Of(RunSeed, (long)purpose, Rank, Images, phase, round);
}
