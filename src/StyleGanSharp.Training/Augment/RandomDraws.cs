using StyleGanSharp.Torch;

namespace StyleGanSharp.Training.Augment;

/// <summary>The draws of training: from a generator, in the order in which they are asked for.</summary>
/// <param name="generator">A generator of the CPU, not disposed here.</param>
public sealed class RandomDraws(RandomGenerator generator) : IAugmentDraws
{
    /// <inheritdoc/>
    public Tensor Uniform(string name, ReadOnlySpan<long> shape) => Tensor.Rand(shape, generator);

    /// <inheritdoc/>
    public Tensor Normal(string name, ReadOnlySpan<long> shape) => Tensor.RandN(shape, generator);
}
