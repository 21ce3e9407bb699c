using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Projection;

/// <summary>Where a projection stands after a step.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Steps">Steps to do; fewer than asked for, once the projection has settled.</param>
/// <param name="Loss">Weighted sum of the two distances, mean over the targets, for the best start of each.</param>
/// <param name="Perceptual">Squared distance of perceptual vectors, mean over the targets.</param>
/// <param name="Pixels">Mean squared difference of pixels in [-1, 1], mean over the targets.</param>
/// <param name="Images">Present image of every target; null: not this time.</param>
public sealed record ProjectionProgress(
    int Step, int Steps, double Loss, double Perceptual, double Pixels, IReadOnlyList<ImageBuffer>? Images);
