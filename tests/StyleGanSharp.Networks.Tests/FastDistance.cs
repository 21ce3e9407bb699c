using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Tests;

/// <summary>How far images of the fast precision lie from those of float32: peak signal to noise.</summary>
internal static class FastDistance
{
    private const double LeastDecibels = 40;

    /// <summary>
    /// Makes images in both precisions and requires 40 dB, and that something was computed with less precision.
    /// </summary>
    /// <returns>The images of float32; the generator is left in the other precision.</returns>
    internal static Tensor Require(IGenerator generator, string name, Tensor ws)
    {
        var network = (IReducedPrecision)generator;
        network.Precision = Precision.Float32;
        Tensor exact = generator.Synthesize(ws, NoiseInput.Const);
        network.Precision = Precision.Fast;
        Tensor fast = generator.Synthesize(ws, NoiseInput.Const);
        Assert.Equal(DType.Float32, fast.DType);

        // The peak is the width of the network's own range, which for random weights is not [-1, 1].
        double peak = exact.Max().Item() - exact.Min().Item(), error = (fast - exact).Square().Mean().Item();
        double decibels = 10 * Math.Log10(peak * peak / error);
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {decibels:0.0} dB");
        Assert.True(error > 0, $"{name}: nothing was computed with less precision");
        Assert.True(decibels >= LeastDecibels, $"{name}: {decibels:0.0} dB from float32, at least {LeastDecibels} wanted");
        return exact;
    }
}
