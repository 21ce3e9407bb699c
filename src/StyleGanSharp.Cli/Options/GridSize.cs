using System.Globalization;

namespace StyleGanSharp.Cli.Options;

/// <summary>Columns and rows of a grid of pictures, written <c>4x3</c>.</summary>
/// <param name="Columns">Pictures side by side.</param>
/// <param name="Rows">Pictures one below the other.</param>
internal readonly record struct GridSize(int Columns, int Rows)
{
    private const int Max = 1000;
    private const long MaxPixels = 1L << 28;

    internal int Places => Columns * Rows;

    /// <exception cref="UserException">The text is no grid.</exception>
    internal static GridSize Parse(string text)
    {
        string[] parts = text.Split('x', 'X');
        return parts.Length == 2 && TryParse(parts[0], out int columns) && TryParse(parts[1], out int rows)
            ? new GridSize(columns, rows)
            : throw new UserException($"--grid '{text}' is no grid: write columns x rows, for example 4x3 (each 1 to {Max}).");
    }

    /// <exception cref="UserException">A grid of pictures of this size would be too large.</exception>
    internal void RequireFits(string option, int width, int height)
    {
        if ((long)Columns * Rows * width * height > MaxPixels)
        {
            throw new UserException($"{option} {Columns}x{Rows} of {width}x{height} pictures would have more than {MaxPixels} pixels.");
        }
    }

    private static bool TryParse(string text, out int size) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out size) && size is >= 1 and <= Max;
}
