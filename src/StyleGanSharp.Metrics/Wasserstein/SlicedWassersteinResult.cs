namespace StyleGanSharp.Metrics.Wasserstein;

/// <summary>Sliced Wasserstein distances of the levels of a Laplacian pyramid, times 1000 as the field prints them.</summary>
/// <param name="Levels">
/// Each level's distance, the finest first: fine levels compare textures, coarse ones shapes.
/// </param>
/// <param name="Average">Mean over the levels.</param>
public sealed record SlicedWassersteinResult(IReadOnlyList<SlicedWassersteinLevel> Levels, double Average);

/// <summary>The distance of one level.</summary>
/// <param name="Height">Of the level, in pixels.</param>
/// <param name="Width">Of the level, in pixels.</param>
/// <param name="Distance">Times 1000, not negative.</param>
public sealed record SlicedWassersteinLevel(int Height, int Width, double Distance);
