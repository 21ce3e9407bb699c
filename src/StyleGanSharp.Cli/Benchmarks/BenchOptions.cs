using System.Numerics;

namespace StyleGanSharp.Cli.Benchmarks;

/// <summary>What <c>stylegan bench</c> was asked for.</summary>
internal sealed record BenchOptions
{
    internal string? Network { get; init; }

    /// <summary>The random generator that <see cref="Network"/> names; null: it names a snapshot. A file of the name comes first.</summary>
    internal BenchSubject? Subject => Network is string name && !File.Exists(name) ? BenchSubject.Find(name) : null;

    internal int? Resolution { get; init; }

    internal int? ChannelBase { get; init; }

    internal int ChannelMax { get; init; } = 512;

    internal int[] Batches { get; init; } = [1, 8];

    internal double Seconds { get; init; } = 15;

    /// <exception cref="UserException">A size cannot be.</exception>
    internal void Validate()
    {
        if (Resolution is int size && (size is < 4 or > 4096 || !BitOperations.IsPow2(size)))
        {
            throw new UserException($"--resolution {size}: expected a power of two from 4 to 4096.");
        }

        if (ChannelMax is < 1 or > 4096 || ChannelBase is < 1 or > 1 << 20 || ChannelBase < Resolution)
        {
            throw new UserException("--cbase and --cmax must be positive, and the channel base at least the resolution.");
        }

        if (!(Seconds is > 0 and <= 3600))
        {
            throw new UserException($"--seconds {Seconds}: expected more than 0 and at most 3600.");
        }
    }
}
