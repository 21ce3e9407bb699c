using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Layers;

/// <summary>Labels that a conditional network is given.</summary>
internal static class Labels
{
    /// <summary>Checks labels.</summary>
    /// <param name="c">[N, <paramref name="size"/>].</param>
    /// <param name="size">Size of the label vectors.</param>
    /// <returns>The same in float32.</returns>
    /// <exception cref="ShapeException">They are missing or have another size.</exception>
    internal static Tensor Require(Tensor? c, long size)
    {
        Shape.Require(c ?? throw new ShapeException("the network is conditional: labels are missing", nameof(c)), [null, size]);
        return c.To(DType.Float32);
    }
}
