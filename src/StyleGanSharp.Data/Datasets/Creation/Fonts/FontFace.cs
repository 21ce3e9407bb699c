namespace StyleGanSharp.Data.Datasets.Creation.Fonts;

/// <summary>One style of a font family, as fontconfig describes it.</summary>
/// <param name="Family">Its name.</param>
/// <param name="File">The font file.</param>
/// <param name="Weight">0 thin, 80 regular, 200 bold, 210 black.</param>
/// <param name="Slant">0 upright, 100 italic, 110 oblique.</param>
/// <param name="Width">100 normal; less is condensed.</param>
/// <param name="IsSymbol">A symbol font: its letters are signs.</param>
/// <param name="IsColour">Images instead of outlines.</param>
/// <param name="Characters">Ranges of covered code points, in hexadecimal: <c>20-7e a0-17f</c>.</param>
internal sealed record FontFace(
    string Family, string File, int Weight, int Slant, int Width, bool IsSymbol, bool IsColour, string Characters)
{
    private static readonly (int Most, string Name)[] Weights =
    [
        (20, "Thin"), (45, "Ultra-Light"), (52, "Light"), (65, "Semi-Light"), (77, "Book"), (90, "Regular"), (140, "Medium"),
        (190, "Semi-Bold"), (202, "Bold"), (207, "Ultra-Bold"), (int.MaxValue, "Heavy"),
    ];

    /// <summary>The face at a size in points, as Pango reads it; the comma ends the family's name.</summary>
    public string Describe(int points)
    {
        string slant = Slant switch { 0 => "", 110 => "Oblique ", _ => "Italic " };
        string width = Width switch
        {
            < 70 => "Extra-Condensed ",
            < 82 => "Condensed ",
            < 95 => "Semi-Condensed ",
            > 105 => "Expanded ",
            _ => ""
        };
        return $"{Family}, {Weights.First(w => Weight <= w.Most).Name} {slant}{width}{points}";
    }

    /// <summary>Whether the font has a glyph of its own for every letter.</summary>
    public bool Covers(string letters)
    {
        (int Low, int High)[] ranges = [.. Characters.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Range)];
        return letters.All(c => ranges.Any(r => c >= r.Low && c <= r.High));
    }

    private static (int Low, int High) Range(string text)
    {
        string[] ends = text.Split('-');
        return TryHex(ends[0], out int low) && TryHex(ends[^1], out int high) ? (low, high) : (-1, -1);
    }

    private static bool TryHex(string text, out int value) =>
        int.TryParse(text, System.Globalization.NumberStyles.AllowHexSpecifier, null, out value);
}
