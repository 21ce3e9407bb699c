namespace StyleGanSharp.Metrics.Equivariance;

/// <summary>Shifts in pixels.</summary>
internal static class Pixels
{
    /// <summary>A shift in image sizes as one in pixels.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Nothing of the image would be left.</exception>
    internal static double Shift(double pictures, long size) => Math.Abs(pictures) < 1
        ? pictures * size
        : throw new ArgumentOutOfRangeException(nameof(pictures), pictures, "A shift lies between -1 and 1 image sizes.");
}
