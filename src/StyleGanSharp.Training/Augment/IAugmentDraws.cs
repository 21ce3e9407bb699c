using StyleGanSharp.Torch;

namespace StyleGanSharp.Training.Augment;

/// <summary>
/// Where the augmentation takes its random numbers from. Names are <c>transform/value</c> (what is done), <c>transform/gate</c>
/// (whether it is done), <c>noise/image</c> and <c>cutout/center</c>; every call asks for the whole batch, the first size.
/// </summary>
public interface IAugmentDraws
{
    /// <summary>Uniform numbers in [0, 1): float32 of the given shape on the CPU; the caller's to dispose.</summary>
    Tensor Uniform(string name, ReadOnlySpan<long> shape);

    /// <summary>Normal numbers of mean 0 and standard deviation 1, likewise.</summary>
    Tensor Normal(string name, ReadOnlySpan<long> shape);
}
