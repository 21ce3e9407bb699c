namespace StyleGanSharp.Recipes.People.Evaluations;

/// <summary>Everything that is measured about a portrait generator; written to evaluation.json.</summary>
/// <param name="Network">File name of the network.</param>
/// <param name="FeatureSpace">Space of distances, precision, recall and neighbors.</param>
/// <param name="Frechet">Distances.</param>
/// <param name="Manifold">Precision and recall.</param>
/// <param name="Neighbors">How near generated portraits come to those of the training set.</param>
/// <param name="Factors">Distributions by attribute.</param>
/// <param name="Levels">What the styles of each level change.</param>
internal sealed record PeopleEvaluation(
    string Network, string FeatureSpace, FrechetFigures Frechet, ManifoldFigures Manifold, NeighborFigures Neighbors,
    IReadOnlyDictionary<string, FactorFigures> Factors, LevelFigures Levels);

/// <summary>Fréchet distances at psi 1.</summary>
/// <param name="Samples">Images on each side.</param>
/// <param name="Generated">Generated against real portraits.</param>
/// <param name="Untrained">The same network before training against real portraits.</param>
/// <param name="RealHalves">Two disjoint sets of real portraits.</param>
/// <param name="Ratio">Untrained over generated: how many times nearer training came.</param>
internal sealed record FrechetFigures(int Samples, double Generated, double Untrained, double RealHalves, double Ratio);

/// <summary>Improved precision and recall at psi 1.</summary>
internal sealed record ManifoldFigures(
    int Samples, int Neighbors, double Precision, double Recall, double RealHalvesPrecision, double RealHalvesRecall);

/// <summary>Distances to the nearest training portrait or its mirror image.</summary>
/// <param name="Generated">Number of generated portraits.</param>
/// <param name="HeldOut">Number of held-out renders.</param>
/// <param name="GeneratedQuantiles">Distances of generated portraits at each of <paramref name="Levels"/>.</param>
/// <param name="HeldOutQuantiles">Those of held-out renders.</param>
/// <param name="Levels">Shares of the portraits that lie below each quantile.</param>
/// <param name="NearerThanHeldOut">Share of generated portraits that are nearer than 99 of 100 held-out renders.</param>
/// <param name="NearestPairs">Seed and training image of the five nearest pairs.</param>
internal sealed record NeighborFigures(
    int Generated, int HeldOut, double[] Levels, double[] GeneratedQuantiles, double[] HeldOutQuantiles, double NearerThanHeldOut,
    IReadOnlyList<NearestPair> NearestPairs);

/// <summary>A generated portrait and its nearest training portrait.</summary>
internal sealed record NearestPair(uint Seed, int Image, bool Mirrored, double Distance);

/// <summary>One attribute, read from generated and from held-out real portraits by the same network.</summary>
internal sealed record FactorFigures(
    double GeneratedMean, double GeneratedDeviation, double RealMean, double RealDeviation, double Spread,
    double KolmogorovSmirnov);

/// <summary>What copying the styles of a level from another portrait changes.</summary>
/// <param name="Pairs">Pairs of portraits.</param>
/// <param name="Coarse">The w indices of the level.</param>
/// <param name="Middle">The w indices of the level.</param>
/// <param name="Fine">The w indices of the level.</param>
/// <param name="Shares">
/// By factor: the share of the change from one portrait to the other that each level explains alone (the projection of its change
/// on the whole), for coarse, middle and fine. Shares add up to 1 where levels act independently.
/// </param>
internal sealed record LevelFigures(
    int Pairs, int[] Coarse, int[] Middle, int[] Fine, IReadOnlyDictionary<string, double[]> Shares);
