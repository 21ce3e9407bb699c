namespace StyleGanSharp.Torch.Modules;

/// <summary>
/// Where a module's first values come from: drawn from a generator, or left open because they are loaded right after. One
/// constructor serves both.
/// </summary>
public sealed class Initializer
{
    private readonly RandomGenerator? generator;

    private Initializer(RandomGenerator? generator) => this.generator = generator;

    /// <summary>Leaves random values unset: for modules whose values are loaded next.</summary>
    public static Initializer ForLoading { get; } = new(null);

    /// <summary>Draws from a generator, in the order of construction.</summary>
    public static Initializer Random(RandomGenerator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        return new Initializer(generator);
    }

    /// <summary>Draws from N(0, scale²), float32, on the CPU.</summary>
    public Tensor Normal(ReadOnlySpan<long> shape, double scale = 1)
    {
        if (generator is null)
        {
            return Tensor.Empty(shape);
        }

        Tensor values = Tensor.RandN(shape, generator);
        return scale == 1 ? values : values.MulInPlace(scale);
    }

    /// <summary>Draws from the uniform distribution on [0,1), float32, on the CPU.</summary>
    public Tensor Uniform(ReadOnlySpan<long> shape) => generator is null ? Tensor.Empty(shape) : Tensor.Rand(shape, generator);
}
