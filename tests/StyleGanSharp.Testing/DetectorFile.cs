namespace StyleGanSharp.Testing;

/// <summary>
/// TorchScript files with the call interface of the field's metric networks and simple weights; eng/detector-fixture holds the
/// program that wrote them and the formulas.
/// </summary>
public static class DetectorFile
{
    /// <summary>Can do everything: features, probabilities, perceptual vectors.</summary>
    public static string Path { get; } = Named("quadrants.pt");

    /// <summary>
    /// Has features only (the means of the three channels), accepts 8-bit images only, and returns means + 2 for probabilities.
    /// </summary>
    public static string Strict { get; } = Named("strict.pt");

    /// <summary>
    /// The features of <see cref="Path"/>: the means of the four quadrants of each of the three channels, over 255.
    /// </summary>
    public const int Size = 12;

    private static string Named(string name) =>
        System.IO.Path.Combine(RepositoryRoot.Find(), "tests", "StyleGanSharp.Testing", "Detectors", name);
}
