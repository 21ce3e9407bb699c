namespace StyleGanSharp.Testing;

/// <summary>
/// A TorchScript file with the call interface of the field's metric networks and simple weights; eng/detector-fixture holds the
/// program that wrote it and the formula.
/// </summary>
public static class DetectorFile
{
    /// <summary>The file.</summary>
    public static string Path { get; } = System.IO.Path.Combine(
        RepositoryRoot.Find(), "tests", "StyleGanSharp.Testing", "Detectors", "quadrants.pt");

    /// <summary>Its features: the means of the four quadrants of each of the three channels, over 255.</summary>
    public const int Size = 12;
}
