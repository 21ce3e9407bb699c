using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Equivariance;

/// <summary>Masks of valid pixels.</summary>
internal static class Masks
{
    /// <summary>Ones in a rectangle, limited to the image, and zeros around it.</summary>
    /// <param name="height">Height of the mask.</param>
    /// <param name="width">Width of the mask.</param>
    /// <param name="rows">First row of the rectangle, and the one after its last.</param>
    /// <param name="columns">First column of the rectangle, and the one after its last.</param>
    /// <param name="device">Where it lies.</param>
    /// <returns>[1, 1, height, width] float32.</returns>
    internal static Tensor Rectangle(
        long height, long width, (long From, long To) rows, (long From, long To) columns, Device device)
    {
        using var scope = new TensorScope();
        Tensor mask = Tensor.Zeros([1, 1, height, width], device: device);
        if (rows.To > rows.From && columns.To > columns.From)
        {
            // Negative bounds would count from the end.
            mask.Slice(2, Math.Max(rows.From, 0), Math.Max(rows.To, 0)).Slice(
                3, Math.Max(columns.From, 0), Math.Max(columns.To, 0)).FillInPlace(1);
        }

        return scope.Keep(mask);
    }

    /// <summary>Ones everywhere but in a border.</summary>
    internal static Tensor Inside(long height, long width, long border, Device device) =>
        Rectangle(height, width, (border, height - border), (border, width - border), device);
}
