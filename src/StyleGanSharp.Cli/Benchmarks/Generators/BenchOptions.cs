using System.Globalization;
using System.Numerics;
using StyleGanSharp.Benchmarking;
using StyleGanSharp.Benchmarking.Generators;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.Benchmarks.Generators;

/// <summary>What <c>stylegan bench</c> was asked for.</summary>
internal sealed record BenchOptions
{
    private static readonly int[] DefaultBatches = [1, 8];

    /// <summary>A subject, <see cref="BenchSubject.Everything"/>, or a snapshot; null: the subjects that have a goal.</summary>
    internal string? Network { get; init; }

    /// <summary>
    /// The random generator that <see cref="Network"/> names; null: it names a snapshot. A file of the name comes first.
    /// </summary>
    internal BenchSubject? Subject => Network is string name && !File.Exists(name) ? BenchSubject.Find(name) : null;

    internal int? Resolution { get; init; }

    internal int? ChannelBase { get; init; }

    internal int ChannelMax { get; init; } = 512;

    /// <summary>Batch sizes; null: those of the goals, or 1 and 8 for networks that were named.</summary>
    internal int[]? Batches { get; init; }

    internal double Seconds { get; init; } = 15;

    /// <summary>Precision of the rows; null: float32, and fast where it is used.</summary>
    internal Precision? Precision { get; init; }

    /// <summary>What is measured, in order.</summary>
    internal IEnumerable<(string[] Choice, int Batch)> Rows()
    {
        if (Network is null && Resolution is null && Batches is null)
        {
            return Goals.Generators.Select(g => (Named(g.Work), g.Batch));
        }

        string[][] choices = Resolution is not null ? [SizeArguments()]
            : Network is null ? [.. Goals.Generators.Select(g => g.Work).Distinct().Select(Named)]
            : Network == BenchSubject.Everything && !File.Exists(Network) ? [.. BenchSubject.All.Select(s => Named(s.Name))]
            : [Named(Network)];
        return choices.SelectMany(choice => (Batches ?? DefaultBatches).Select(batch => (choice, batch)));
    }

    /// <summary>The StyleGAN2 generator of <see cref="Resolution"/>.</summary>
    internal BenchSubject OfSize() => BenchSubject.StyleGan2(new GeneratorOptions
    {
        Resolution = Resolution!.Value,
        ChannelBase = ChannelBase ?? BenchSubject.ChannelBase(Resolution.Value),
        ChannelMax = ChannelMax,
    });

    /// <summary>Measures the one row that a process is asked for.</summary>
    internal GeneratorRow Measure(Device device, CancellationToken cancel)
    {
        BenchSubject? subject = Resolution is not null ? OfSize() : Subject;
        return GeneratorBenchmark.Measure(
            subject, Network, Batches![0], Seconds, Precision ?? Networks.Precision.Float32, device, Resolution is null
                && subject is not null, cancel);
    }

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
    }

    private static string[] Named(string name) => ["--network", name];

    private string[] SizeArguments()
    {
        CultureInfo plain = CultureInfo.InvariantCulture;
        return
        [
            "--resolution", Resolution!.Value.ToString(plain), "--cmax", ChannelMax.ToString(plain),
            .. ChannelBase is int cbase ? new[] { "--cbase", cbase.ToString(plain) } : [],
        ];
    }
}
