using System.Globalization;

namespace StyleGanSharp.Cli.Options;

/// <summary>Columns and rows of a grid of pictures, written <c>4x3</c>.</summary>
/// <param name="Columns">Pictures side by side.</param>
/// <param name="Rows">Pictures one below the other.</param>
internal readonly record struct GridSize(int Columns, int Rows)
{
    private const int Max = 1000;

    internal int Places => Columns * Rows;

    /// <exception cref="UserException">The text is no grid.</exception>
    internal static GridSize Parse(string text)
    {
        string[] parts = text.Split('x', 'X');
        return parts.Length == 2 && TryParse(parts[0], out int columns) && TryParse(parts[1], out int rows)
            ? new GridSize(columns, rows)
            : throw new UserException($"--grid '{text}' is no grid: write columns x rows, for example 4x3 (each 1 to {Max}).");
    }

    private static bool TryParse(string text, out int size) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out size) && size is >= 1 and <= Max;
}
