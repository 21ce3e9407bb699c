using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Latents;

/// <summary>
/// Style mixing: some layers of an image follow another latent. Source: Karras et al., "A Style-Based Generator Architecture"
/// (2019), section 3.1.
/// </summary>
public static class StyleMixing
{
    /// <summary>The first ws, with some layers taken from the second.</summary>
    /// <param name="ws">[N, layers, WDim].</param>
    /// <param name="other">Of the same shape.</param>
    /// <param name="layers">Which layers, by w index; each below the number of layers.</param>
    /// <returns>[N, layers, WDim]; the values are copied exactly.</returns>
    public static Tensor Mix(Tensor ws, Tensor other, IReadOnlyCollection<int> layers)
    {
        ArgumentNullException.ThrowIfNull(ws);
        ArgumentNullException.ThrowIfNull(layers);
        Shape.Require(other, [ws.Size(0), ws.Size(1), ws.Size(2)]);
        foreach (int layer in layers)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(layer, nameof(layers));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(layer, ws.Size(1), nameof(layers));
        }

        using var scope = new TensorScope();
        var mixed = new Tensor[ws.Size(1)];
        for (int i = 0; i < mixed.Length; i++)
        {
            mixed[i] = (layers.Contains(i) ? other : ws).Select(1, i);
        }

        return scope.Keep(Tensor.Stack(mixed, 1));
    }
}
