using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Projection;

/// <summary>
/// Mean and spread of w, from which a projection starts and by which its noise is scaled. Source: Karras et al. (2020),
/// appendix D.
/// </summary>
public sealed class LatentStatistics : IDisposable
{
    /// <summary>The seed that every tool of the field draws these latents with.</summary>
    public const uint Seed = 123;

    private const int BatchSize = 500;

    private LatentStatistics(Tensor mean, Tensor varies, double spread) =>
        (Mean, Varies, Spread) = (mean.Own(), varies.Own(), spread);

    /// <summary>Mean of w, [WDim] float32 on the CPU.</summary>
    public Tensor Mean { get; }

    /// <summary>
    /// 1 where w varies, 0 where it is the same for all latents, [WDim] float32 on the CPU: the label in the latents of a network
    /// without a mapping network stays as it is.
    /// </summary>
    public Tensor Varies { get; }

    /// <summary>Root of the mean squared distance of w from its mean, summed over channels.</summary>
    public double Spread { get; }

    /// <summary>Measures a network.</summary>
    /// <param name="generator">The network.</param>
    /// <param name="label">[1, CDim] for all latents; null for an unconditional network.</param>
    /// <param name="samples">Latents, rows of RandomState(123).randn(samples, ZDim); at least 2.</param>
    public static LatentStatistics Of(IGenerator generator, Tensor? label, int samples)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 2);
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        Device device = NetworkDevice.Of(generator);
        var draws = new NumpyRandom(Seed);
        var parts = new List<Tensor>();
        for (int done = 0; done < samples; done += BatchSize)
        {
            using var step = new TensorScope();
            int count = Math.Min(BatchSize, samples - done);
            Tensor z = Tensor.From(draws.RandN(count * generator.ZDim), [count, generator.ZDim]).To(DType.Float32).To(device);
            Tensor ws = generator.Map(z, label?.To(device).Expand(count, generator.CDim));
            parts.Add(step.Keep(ws.Select(1, 0).To(Device.Cpu).To(DType.Float64)));
        }

        Tensor all = Tensor.Cat([.. parts]);                                      // [samples, WDim] float64
        Tensor mean = all.Mean([0]);
        Tensor squares = (all - mean).Square().Sum([0]);
        Tensor range = all.Max([0]) - all.Min([0]);
        double spread = Math.Sqrt(squares.Sum().Item() / samples);
        return new LatentStatistics(mean.To(DType.Float32), range.Sign().To(DType.Float32), spread);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Mean.Dispose();
        Varies.Dispose();
    }
}
