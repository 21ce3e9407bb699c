using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Training.Losses;

namespace StyleGanSharp.Training.Tests;

/// <summary>Stored random numbers: run 0, run 1, ... of the generator, in the order of the runs.</summary>
/// <param name="archive">The archive.</param>
/// <param name="prefix">What their keys begin with, up to and with <c>draws/</c>.</param>
internal sealed class GoldenDraws(string archive, string prefix) : ILossDraws
{
    private int run;

    private GoldenTensors Run => new(archive, $"{prefix}run{run}/");

    public int MixingCutoff(int numWs) => (int)Run["mix_cutoff"].Item();

    public double MixingUniform() => Run["mix_u"].Item();

    public Tensor MixingLatents(long count, int zDim)
    {
        Tensor z = Run["mix_z"];
        Shape.Require(z, [count, zDim]);
        return z;
    }

    public NoiseInput LayerNoise()
    {
        GoldenTensors values = Run;
        string[] layers = [.. values.Keys.Where(k => k.StartsWith("noise/", StringComparison.Ordinal))];
        var noise = NoiseInput.Given(layers.ToDictionary(k => k["noise/".Length..], k => values[k]));
        if (!values.Has("pl_noise"))
        {
            run++;
        }

        return noise;
    }

    public Tensor PathNoise(ReadOnlySpan<long> shape)
    {
        Tensor noise = Run["pl_noise"];
        run++;
        return noise;
    }

    public Tensor PenaltyMix(long count) => throw new NotSupportedException("These files have no gradient penalty.");
}
