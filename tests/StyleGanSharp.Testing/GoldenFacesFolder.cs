namespace StyleGanSharp.Testing;

/// <summary>Images with the expected outputs of the face networks.</summary>
public static class GoldenFacesFolder
{
    /// <summary>Replaces the folder, to run the tests against other numbers of the same layout.</summary>
    public const string Variable = "STYLEGAN_GOLDEN_FACES";

    /// <summary>The folder: that of <see cref="Variable"/>, else tests/golden-faces of this checkout.</summary>
    public static GoldenFiles Files { get; } = new(Variable, "golden-faces");
}
