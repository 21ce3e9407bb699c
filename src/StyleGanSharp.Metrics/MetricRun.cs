using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics;

/// <summary>What a metric is measured for, and with how much work.</summary>
public sealed record MetricRun
{
    /// <summary>The generator.</summary>
    public required IGenerator Generator { get; init; }

    /// <summary>Where the generator lies.</summary>
    public Device Device { get; init; } = Device.Cpu;

    /// <summary>Where latents, labels and everything else that is random come from.</summary>
    public required NumpyRandom Random { get; init; }

    /// <summary>Images to make, at least 1; null: what the metric's protocol says.</summary>
    public int? Samples { get; init; }

    /// <summary>Images at a time, at least 1.</summary>
    public int BatchSize { get; init; } = 4;

    /// <summary>Told the number of images just done.</summary>
    public Action<int>? Progress { get; init; }

    /// <summary>Ends the work.</summary>
    public CancellationToken Cancel { get; init; }

    /// <summary>Draws latents and, for a conditional network, labels, all classes being equally likely.</summary>
    /// <param name="count">How many.</param>
    /// <returns>[count, ZDim] float32 and one-hot [count, CDim] float32 or null, on <see cref="Device"/>.</returns>
    public (Tensor Z, Tensor? C) DrawLatents(int count)
    {
        using var scope = new TensorScope();
        Tensor z = Tensor.From(Random.RandN(count * Generator.ZDim), [count, Generator.ZDim]).To(DType.Float32).To(Device);
        int classes = Generator.CDim;
        if (classes == 0)
        {
            return (scope.Keep(z), null);
        }

        var labels = new float[count * classes];
        for (int i = 0; i < count; i++)
        {
            labels[(i * classes) + Random.RandInt(classes)] = 1;
        }

        return (scope.Keep(z), scope.Keep(Tensor.From(labels, [count, classes]).To(Device)));
    }
}
