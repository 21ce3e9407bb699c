using StyleGanSharp.Metrics.Samples;
using StyleGanSharp.Metrics.Spaces;
using StyleGanSharp.Metrics.Statistics;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics;

/// <summary>What metrics are measured for, what with, and with how much work.</summary>
public sealed record MetricContext
{
    /// <summary>The generator.</summary>
    public required IGenerator Generator { get; init; }

    /// <summary>Where the generator lies.</summary>
    public Device Device { get; init; } = Device.Cpu;

    /// <summary>Where latents, labels and everything else that is random come from. Every metric starts over.</summary>
    public uint Seed { get; init; }

    /// <summary>Images to make, at least 1; null: what the metric's protocol says.</summary>
    public int? Samples { get; init; }

    /// <summary>Images that the generator makes at a time, at least 1; null: the metric's default.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Truncation of the generated images; 1 (the protocols): none.</summary>
    public double Psi { get; init; } = 1;

    /// <summary>The real images; null: there are none.</summary>
    public RealImages? Reals { get; init; }

    /// <summary>Feature spaces and classifiers; null: there are none.</summary>
    public MetricSpaces? Spaces { get; init; }

    /// <summary>Keeps what was computed of real images; null: nothing does.</summary>
    public StatisticsCache? Cache { get; init; }

    /// <summary>Told how far the work is.</summary>
    public Action<MetricProgress>? Progress { get; init; }

    /// <summary>Told what is remarkable but ends nothing.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>Ends the work.</summary>
    public CancellationToken Cancel { get; init; }

    /// <summary>Images that a metric makes.</summary>
    internal int SamplesOf(IMetric metric) => Samples ?? metric.ProtocolSamples;

    /// <summary>The feature spaces.</summary>
    /// <exception cref="MetricException">There are none.</exception>
    internal MetricSpaces RequireSpaces(IMetric metric) =>
        Spaces ?? throw new MetricException($"{metric.Name} needs feature spaces, and there are none.");

    /// <summary>Draws latents and, for a conditional network, labels.</summary>
    /// <param name="random">Where from.</param>
    /// <param name="count">How many.</param>
    /// <returns>[count, ZDim] float32 and [count, CDim] float32 or null, on <see cref="Device"/>.</returns>
    public (Tensor Z, Tensor? C) DrawLatents(NumpyRandom random, int count)
    {
        ArgumentNullException.ThrowIfNull(random);
        using var scope = new TensorScope();
        Tensor z = Tensor.From(random.RandN(count * Generator.ZDim), [count, Generator.ZDim]).To(DType.Float32).To(Device);
        Tensor? c = DrawLabels(random, count);
        return (scope.Keep(z), c is null ? null : scope.Keep(c));
    }

    /// <summary>
    /// Draws labels: those of real images, as often as they occur, where the reals have labels; else classes, all being equally
    /// likely.
    /// </summary>
    /// <param name="random">Where from.</param>
    /// <param name="count">How many.</param>
    /// <returns>[count, CDim] float32 on <see cref="Device"/>; null for an unconditional network.</returns>
    internal Tensor? DrawLabels(NumpyRandom random, int count)
    {
        int size = Generator.CDim;
        if (size == 0)
        {
            return null;
        }

        var labels = new float[count * size];
        DatasetView? view = Reals?.Labels;
        for (int i = 0; i < count; i++)
        {
            if (view is { LabelSize: > 0 })
            {
                view.CopyLabel((int)random.RandInt(view.Count), labels.AsSpan(i * size, size));
            }
            else
            {
                labels[(i * size) + random.RandInt(size)] = 1;
            }
        }

        using var scope = new TensorScope();
        return scope.Keep(Tensor.From(labels, [count, size]).To(Device));
    }
}
