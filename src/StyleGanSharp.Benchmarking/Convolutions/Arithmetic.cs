using StyleGanSharp.Networks;

namespace StyleGanSharp.Benchmarking.Convolutions;

/// <summary>
/// Multiplications and additions that a synthesis network cannot do without, counted from its definition
/// (<see cref="ConvolutionShape"/>). Filters, noise and activations are left out.
/// </summary>
internal static class Arithmetic
{
    /// <summary>10^9 operations per image.</summary>
    internal static double GflopPerImage(IGenerator generator) => GeneratorConvolutions.Of(generator).Sum(shape => shape.Gflop);
}
