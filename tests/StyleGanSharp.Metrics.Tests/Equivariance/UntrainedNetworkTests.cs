using StyleGanSharp.Networks.StyleGan3;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Metrics.Tests.Equivariance;

/// <summary>
/// Equivariance is a property of the architecture: networks that were never trained have it already, configuration T for
/// translations, configuration R for rotations too. A wrong filter, margin or input transform costs tens of dB.
/// </summary>
public sealed class UntrainedNetworkTests
{
    // Single networks differ by several dB, with the contrast of their images; so the mean of a few is compared.
    private const int Networks = 4;

    // What the golden file's own results rest on.
    private const int Samples = 4;
    private const int Batch = 2;

    // Between means of independently drawn networks.
    private const double Tolerance = 3;

    /// <summary>Kernel size, metric, and the official program's result for untrained networks of 64x64, in dB.</summary>
    public static TheoryData<int, string, double> Expected => new()
    {
        { 3, "eqt50k_int", 82 },
        { 3, "eqt50k_frac", 81 },
        { 3, "eqr50k", 33 },
        { 1, "eqt50k_int", 88 },
        { 1, "eqt50k_frac", 85 },
        { 1, "eqr50k", 80 },
    };

    [Theory, MemberData(nameof(Expected))]
    public void Untrained_networks_are_as_equivariant_as_the_official_ones(int kernelSize, string metric, double decibels)
    {
        double mean = Enumerable.Range(1, Networks).Average(seed => Measure(kernelSize, metric, (uint)seed));
        Assert.Equal(decibels, mean, Tolerance);
    }

    private static double Measure(int kernelSize, string metric, uint seed)
    {
        using var scope = new TensorScope();
        using var weights = new RandomGenerator(seed);
        var options = new GeneratorOptions
        {
            Resolution = 64,
            ZDim = 64,
            WDim = 64,
            ChannelBase = 1024,
            ChannelMax = 32,
            KernelSize = kernelSize,
            UseRadialFilters = kernelSize == 1,
        };
        using var generator = new Generator(options, Initializer.Random(weights));
        var context = new MetricContext { Generator = generator, Seed = seed, Samples = Samples, BatchSize = Batch };
        return MetricCatalog.Find(metric)!.Measure(context)[0].Value;
    }
}
