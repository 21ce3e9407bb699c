using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Projection;

/// <summary>
/// Draws derived from seed, purpose and step, so that a resumed projection needs no state of a generator. They are the same for
/// every target: a target is projected alike in any company.
/// </summary>
/// <param name="seed">Seed of the projection.</param>
internal sealed class SeededDraws(uint seed) : IProjectionDraws
{
    // Layers of noise come first, steps after all possible layers.
    private const int FirstStep = 1 << 16;

    /// <inheritdoc/>
    public Tensor Latent(int step, int starts, int layers, int width) => Draw(FirstStep + step, [starts, layers, width]);

    /// <inheritdoc/>
    public Tensor Noise(int index, NoiseLayer layer, int starts) => Draw(index, [starts, 1, layer.Height, layer.Width]);

    private Tensor Draw(int purpose, ReadOnlySpan<long> shape)
    {
        using var generator = new RandomGenerator(((ulong)seed << 32) | (uint)purpose);
        return Tensor.RandN(shape, generator);
    }
}
