using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Layers;

/// <summary>The noise that a synthesis network adds to its features: per layer an image of unit variance, or none.</summary>
public sealed class NoiseInput
{
    private readonly NoiseMode mode;
    private readonly RandomGenerator? generator;
    private readonly IReadOnlyDictionary<string, Tensor>? given;
    private readonly Func<int, bool>? levels;
    private readonly bool isShared;

    private NoiseInput(
        NoiseMode mode, RandomGenerator? generator = null, IReadOnlyDictionary<string, Tensor>? given = null,
        Func<int, bool>? levels = null, bool isShared = false)
    {
        this.isShared = isShared;
        this.mode = mode;
        this.generator = generator;
        this.given = given;
        this.levels = levels;
    }

    /// <summary>The noise stored with the network.</summary>
    public static NoiseInput Const { get; } = new(NoiseMode.Const);

    /// <summary>No noise.</summary>
    public static NoiseInput None { get; } = new(NoiseMode.None);

    /// <summary>Fresh draws from a generator, in the order of the layers.</summary>
    public static NoiseInput Random(RandomGenerator generator) =>
        new(NoiseMode.Random, generator ?? throw new ArgumentNullException(nameof(generator)));

    /// <summary>Fresh draws from a generator, in the order of the layers; all images of a batch get the same ones.</summary>
    public static NoiseInput RandomShared(RandomGenerator generator) =>
        new(NoiseMode.Random, generator ?? throw new ArgumentNullException(nameof(generator)), isShared: true);

    /// <summary>Unit noise by layer, e.g. <c>b8.conv0</c>: [N, 1, H, W] each.</summary>
    public static NoiseInput Given(IReadOnlyDictionary<string, Tensor> byLayer) =>
        new(NoiseMode.Random, given: byLayer ?? throw new ArgumentNullException(nameof(byLayer)));

    /// <summary>The same noise, but only at resolutions that the predicate accepts.</summary>
    public NoiseInput OnlyAt(Func<int, bool> resolutions) => new(mode, generator, given, resolutions, isShared);

    /// <summary>
    /// What a recording of the synthesis can repeat: the stored noise or none, at all resolutions. Null: it cannot.
    /// </summary>
    internal NoiseMode? Repeatable => mode != NoiseMode.Random && levels is null ? mode : null;

    /// <summary>The noise of one layer.</summary>
    /// <param name="layer">Name of the layer within the network.</param>
    /// <param name="stored">The layer's stored noise, [H, W].</param>
    /// <param name="batch">Number of samples.</param>
    /// <returns>[H, W], or [N, 1, H, W] with N the batch or 1; null: none.</returns>
    /// <exception cref="KeyNotFoundException">Noise was given by layer, but none for this one.</exception>
    internal Tensor? For(string layer, Tensor stored, long batch)
    {
        int resolution = (int)Math.Max(stored.Size(0), stored.Size(1));
        if (mode == NoiseMode.None || levels?.Invoke(resolution) == false)
        {
            return null;
        }

        if (mode == NoiseMode.Const)
        {
            return stored;
        }

        if (given is not null)
        {
            return given.TryGetValue(layer, out Tensor? noise)
                ? noise
                : throw new KeyNotFoundException($"No noise was given for the layer {layer}.");
        }

        using var scope = new TensorScope();
        return scope.Keep(
            Tensor.RandN([isShared ? 1 : batch, 1, stored.Size(0), stored.Size(1)], generator!, device: generator!.Device).To(stored.Device));
    }
}
