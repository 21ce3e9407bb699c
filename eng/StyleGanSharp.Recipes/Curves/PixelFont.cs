namespace StyleGanSharp.Recipes.Curves;

/// <summary>Capital letters and digits of 3x5 pixels: labels that need no font on the machine.</summary>
internal static class PixelFont
{
    internal const int Width = 3;
    internal const int Height = 5;

    private const string Characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-./";

    // Five rows for each character, from the top; a digit is a row of three pixels, its highest bit the left one.
    private const string Rows =
        "75557262277174771317557117471774757711227575775717"
        + "25755656563444365556746477464434553557557222711152"
        + "55655444475775565555255526564425563656553421672222"
        + "555575555255775552555522271247007000000211244";

    /// <summary>Whether a pixel of a character is set; characters without a form are empty.</summary>
    internal static bool IsSet(char character, int x, int y)
    {
        int index = Characters.IndexOf(char.ToUpperInvariant(character), StringComparison.Ordinal);
        return index >= 0 && (((Rows[(index * Height) + y] - '0') >> (Width - 1 - x)) & 1) == 1;
    }
}
