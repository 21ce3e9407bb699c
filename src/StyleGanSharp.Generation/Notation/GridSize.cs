using StyleGanSharp.Data.Options;
using StyleGanSharp.Generation.Requests;

namespace StyleGanSharp.Generation.Notation;

/// <summary>Columns and rows of a grid of images, written <c>4x3</c>.</summary>
/// <param name="Columns">Images side by side.</param>
/// <param name="Rows">Images one below the other.</param>
public readonly record struct GridSize(int Columns, int Rows)
{
    private const int Max = 1000;
    private const long MaxPixels = 1L << 28;

    /// <summary>Columns times rows.</summary>
    public int Cells => Columns * Rows;

    /// <summary>Reads a grid.</summary>
    /// <param name="text">Columns x rows.</param>
    /// <param name="property">What problems call it.</param>
    /// <exception cref="RequestException">The text is malformed.</exception>
    public static GridSize Parse(string text, string property)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split('x', 'X');
        return parts.Length == 2 && TryParse(parts[0], out int columns) && TryParse(parts[1], out int rows)
            ? new GridSize(columns, rows)
            : throw new RequestException(property, text, $"expected columns x rows, for example 4x3 (each 1 to {Max})");
    }

    /// <summary>Why a grid of images of this size would be too large; null: it is not.</summary>
    public OptionProblem? Problem(string property, int width, int height) => (long)Columns * Rows * width * height <= MaxPixels
        ? null
        : new OptionProblem(property, ToString(), $"images of {width}x{height} would make more than {MaxPixels} pixels");

    /// <inheritdoc/>
    public override string ToString() => $"{Columns}x{Rows}";

    private static bool TryParse(string text, out int size) => Numbers.TryWhole(text, out size) && size is >= 1 and <= Max;
}
