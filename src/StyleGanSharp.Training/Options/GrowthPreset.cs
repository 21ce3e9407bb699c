namespace StyleGanSharp.Training.Options;

/// <summary>One line of the table of schedules: what differs from resolution to resolution.</summary>
/// <param name="InitialResolution">The resolution that the training begins with.</param>
/// <param name="LevelKimg">Thousands of images for which a resolution is trained before the next is faded in.</param>
/// <param name="FadeKimg">Thousands of images over which it is faded in.</param>
/// <param name="Batch">Images of an iteration where <paramref name="Batches"/> says nothing.</param>
/// <param name="Batches">Images of an iteration by resolution.</param>
/// <param name="Rate">Learning rate where <paramref name="Rates"/> says nothing.</param>
/// <param name="Rates">Learning rates by resolution.</param>
/// <param name="TickKimg">
/// Thousands of images from one status line to the next where <paramref name="TicksKimg"/> says nothing.
/// </param>
/// <param name="TicksKimg">The same by resolution.</param>
public sealed record GrowthPreset(
    int InitialResolution, double LevelKimg, double FadeKimg, int Batch, IReadOnlyDictionary<int, int> Batches,
    double Rate, IReadOnlyDictionary<int, double> Rates, double TickKimg, IReadOnlyDictionary<int, double> TicksKimg);
