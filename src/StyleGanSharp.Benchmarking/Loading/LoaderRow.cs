namespace StyleGanSharp.Benchmarking.Loading;

/// <summary>How fast images of one size are read.</summary>
/// <param name="Resolution">Width and height.</param>
/// <param name="Pictures">In the archive.</param>
/// <param name="Workers">Threads that decode.</param>
/// <param name="PicturesPerSecond">Best pass over all of them.</param>
/// <param name="MedianPicturesPerSecond">Median pass.</param>
/// <param name="Passes">Passes that were timed.</param>
internal sealed record LoaderRow(
    int Resolution, int Pictures, int Workers, double PicturesPerSecond, double MedianPicturesPerSecond, int Passes);
