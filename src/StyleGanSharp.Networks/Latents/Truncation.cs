using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Latents;

/// <summary>
/// The truncation trick in W: latents are pulled towards their average, trading variation for quality. Source: Karras et al., "A
/// Style-Based Generator Architecture" (2019), appendix B.
/// </summary>
/// <param name="psi">Strength for each layer, by its w index. 1: none. 0: the average. Negative: the opposite side of it.</param>
public sealed class Truncation(Func<int, double> psi)
{
    /// <summary>No truncation.</summary>
    public static Truncation None { get; } = Uniform(1);

    /// <summary>The same strength for the first <paramref name="cutoff"/> layers (null: for all), none for the others.</summary>
    public static Truncation Uniform(double psi, int? cutoff = null) => new(i => cutoff is null || i < cutoff ? psi : 1);

    /// <summary>w_avg + psi (w - w_avg), layer by layer.</summary>
    /// <param name="ws">[N, layers, WDim] float32.</param>
    /// <param name="wAvg">The network's running average, [WDim].</param>
    /// <returns>[N, layers, WDim] float32.</returns>
    public Tensor Apply(Tensor ws, Tensor wAvg)
    {
        ArgumentNullException.ThrowIfNull(wAvg);
        Shape.Require(ws, [null, null, wAvg.Size(0)]);
        using var scope = new TensorScope();
        var strengths = new float[ws.Size(1)];
        for (int i = 0; i < strengths.Length; i++)
        {
            strengths[i] = (float)psi(i);
        }

        if (Array.TrueForAll(strengths, s => s == 1))
        {
            return scope.Keep(ws.Alias());
        }

        Tensor strength = Tensor.From(strengths, [1, strengths.Length, 1]).To(ws.Device);
        Tensor pulled = wAvg.Addcmul(ws - wAvg, strength);

        // Exactly the given latents where nothing is asked for: (w - a) + a is not w in floating point.
        return scope.Keep(Array.Exists(strengths, s => s == 1) ? Restore(ws, pulled, strengths) : pulled);
    }

    private static Tensor Restore(Tensor ws, Tensor pulled, float[] strengths)
    {
        var layers = new Tensor[strengths.Length];
        for (int i = 0; i < layers.Length; i++)
        {
            layers[i] = (strengths[i] == 1 ? ws : pulled).Select(1, i);
        }

        return Tensor.Stack(layers, 1);
    }
}
