namespace StyleGanSharp.Training.Sessions;

/// <summary>Where a session is.</summary>
/// <param name="Images">Images seen by the discriminator.</param>
/// <param name="TotalImages">Images of the whole run; 0: the run has not started.</param>
/// <param name="Folder">The run's folder, full path: options, statistics, grids, snapshots.</param>
public sealed record TrainingStatus(long Images, long TotalImages, string Folder);
