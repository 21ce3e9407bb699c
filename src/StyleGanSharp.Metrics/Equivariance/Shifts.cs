namespace StyleGanSharp.Metrics.Equivariance;

/// <summary>The shifts of EQ-T.</summary>
internal static class Shifts
{
    // In image sizes, to each side (Karras et al. 2021, appendix E.1).
    private const double Largest = 0.125;

    /// <summary>A uniform draw from [0, 1) as a shift in image sizes.</summary>
    internal static double Draw(double uniform) => ((2 * uniform) - 1) * Largest;
}
