namespace StyleGanSharp.Data.Datasets.Creation.Fonts;

/// <summary>What became of the fonts.</summary>
public sealed record FontResult
{
    /// <summary>Families and images of the data set.</summary>
    public required (int Families, int Pictures) Kept { get; init; }

    /// <summary>Families and images of the part that was held out.</summary>
    public required (int Families, int Pictures) HeldOut { get; init; }

    /// <summary>Faces that were looked at.</summary>
    public required int Faces { get; init; }

    /// <summary>Faces of excluded families.</summary>
    public required int Excluded { get; init; }

    /// <summary>Symbol and colour fonts, and faces without all letters.</summary>
    public required int WithoutLetters { get; init; }

    /// <summary>Faces with an empty glyph or one glyph for many letters.</summary>
    public required int Blank { get; init; }

    /// <summary>Images that another face had given already.</summary>
    public required int Duplicates { get; init; }
}
