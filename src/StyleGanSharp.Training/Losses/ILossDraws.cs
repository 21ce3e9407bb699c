using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Training.Losses;

/// <summary>The random numbers of a phase, asked for in this order in every run of the generator.</summary>
public interface ILossDraws
{
    /// <summary>Style mixing: from which w on the second latent counts, uniform in [1, <paramref name="numWs"/>).</summary>
    int MixingCutoff(int numWs);

    /// <summary>Style mixing: whether it is applied, uniform in [0, 1).</summary>
    double MixingUniform();

    /// <summary>Style mixing: the second latents, [N, ZDim] of N(0, 1).</summary>
    Tensor MixingLatents(long count, int zDim);

    /// <summary>The noise of the layers.</summary>
    NoiseInput LayerNoise();

    /// <summary>Path length: the random direction in image space, N(0, 1) of the given shape.</summary>
    Tensor PathNoise(ReadOnlySpan<long> shape);

    /// <summary>
    /// Gradient penalty: where between real (0) and generated (1) each image lies, [<paramref name="count"/>] uniform in [0, 1).
    /// </summary>
    Tensor PenaltyMix(long count);
}
