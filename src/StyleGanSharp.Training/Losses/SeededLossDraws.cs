using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Training.Losses;

/// <summary>
/// The draws of training: from one generator of the device and one for single numbers, both seeded by the place in the run.
/// </summary>
/// <param name="tensors">For everything that is a tensor, on its own device.</param>
/// <param name="numbers">For single numbers.</param>
public sealed class SeededLossDraws(RandomGenerator tensors, NumpyRandom numbers) : ILossDraws
{
    /// <inheritdoc/>
    public int MixingCutoff(int numWs) => (int)numbers.RandInt(1, numWs);

    /// <inheritdoc/>
    public double MixingUniform() => numbers.Rand();

    /// <inheritdoc/>
    public Tensor MixingLatents(long count, int zDim) => Tensor.RandN([count, zDim], tensors, device: tensors.Device);

    /// <inheritdoc/>
    public NoiseInput LayerNoise() => NoiseInput.Random(tensors);

    /// <inheritdoc/>
    public Tensor PathNoise(ReadOnlySpan<long> shape) => Tensor.RandN(shape, tensors, device: tensors.Device);

    /// <inheritdoc/>
    public Tensor PenaltyMix(long count) => Tensor.Rand([count], tensors, device: tensors.Device);
}
