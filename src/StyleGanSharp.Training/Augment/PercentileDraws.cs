using StyleGanSharp.Torch;

namespace StyleGanSharp.Training.Augment;

/// <summary>
/// No chance, for looking at transforms one by one: every enabled transform happens, with the same place in its distribution for
/// all images. Normal numbers are erfinv(2q - 1), which is that place up to a factor of sqrt(2), as in the reference; the second
/// of the two rotations is left out.
/// </summary>
/// <param name="percentile">q, in (0, 1).</param>
/// <param name="noise">Where the noise field comes from, which stays random.</param>
public sealed class PercentileDraws(double percentile, IAugmentDraws noise) : IAugmentDraws
{
    private static readonly Operator InverseErrorFunction = new("aten::erfinv");

    /// <inheritdoc/>
    public Tensor Uniform(string name, ReadOnlySpan<long> shape) => Tensor.Full(
        shape, name.EndsWith("/gate", StringComparison.Ordinal) ? 0 : name == "rotate_post/value" ? 0.5 : percentile);

    /// <inheritdoc/>
    public Tensor Normal(string name, ReadOnlySpan<long> shape) => name switch
    {
        "noise/image" => noise.Normal(name, shape),
        "noise_sigma/value" => Filled(shape, percentile), // only its magnitude counts
        _ => Filled(shape, (2 * percentile) - 1),
    };

    private static Tensor Filled(ReadOnlySpan<long> shape, double place)
    {
        using var scope = new TensorScope();
        return scope.Keep(InverseErrorFunction.Call(Tensor.Full(shape, place)));
    }
}
