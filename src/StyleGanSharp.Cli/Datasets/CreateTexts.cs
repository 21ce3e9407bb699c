using System.CommandLine;
using System.Globalization;
using StyleGanSharp.Data.Datasets.Creation;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Networks.Latents;

namespace StyleGanSharp.Cli.Datasets;

/// <summary>Values of the options of <c>dataset create</c>, from their texts.</summary>
internal static class CreateTexts
{
    private const int MaxSide = 1 << 14;
    private const uint UsualShuffleSeed = 123;

    /// <summary>Width and height: <c>256x128</c>, or one number for a square.</summary>
    internal static (int Width, int Height) Size(string text, string option = "--resolution")
    {
        string[] parts = text.Split('x', 'X', '×');
        return parts.Length <= 2 && TrySide(parts[0], out int width) && TrySide(parts[^1], out int height)
            ? (width, height)
            : throw new UserException(
                $"{option} '{text}' is not a size: write width x height, for example 256x256 (each 1 to {MaxSide}).");
    }

    /// <summary>
    /// The size of <c>--resolution</c>, or of <c>--width</c> and <c>--height</c>, as older tools have them; null: none is given.
    /// </summary>
    internal static (int Width, int Height)? Size(string? resolution, int? width, int? height)
    {
        (int Width, int Height)? size = resolution is null ? null : Size(resolution);
        if (width is null && height is null)
        {
            return size;
        }

        if (width is not int columns || height is not int rows)
        {
            throw new UserException(width is null ? $"--height {height} needs --width." : $"--width {width} needs --height.");
        }

        if (columns is < 1 or > MaxSide || rows is < 1 or > MaxSide)
        {
            throw new UserException($"--width {columns} --height {rows}: expected 1 to {MaxSide} each.");
        }

        return size is null || size == (columns, rows)
            ? (columns, rows)
            : throw new UserException($"--resolution {resolution} contradicts --width {columns} --height {rows}: leave one out.");
    }

    internal static int Side((int Width, int Height)? size) => size is not { } given
        ? new StyleGanSharp.Data.Datasets.Creation.Fonts.FontOptions().Side
        : given.Width == given.Height
            ? given.Width
            : throw new UserException($"--resolution {given.Width}x{given.Height}: letters are drawn into squares.");

    internal static ImageShape Shape(string text) =>
        CreationNames.Shapes.TryGetValue(text.ToLowerInvariant().Replace('_', '-'), out ImageShape shape)
        ? shape
        : throw new UserException($"--transform '{text}' is unknown: choose {string.Join(", ", CreationNames.Shapes.Keys)}.");

    internal static T Named<T>(string option, string text)
        where T : struct, Enum
    {
        foreach (T value in Enum.GetValues<T>())
        {
            if (value.ToString().Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        throw new UserException(
            $"{option} '{text}' is unknown: choose {string.Join(", ", Enum.GetNames<T>().Select(n => n.ToLowerInvariant()))}.");
    }

    internal static RgbColor Colour(string text)
    {
        string[] parts = text.Split(',');
        return parts.Length == 3
            && byte.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out byte r)
            && byte.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out byte g)
            && byte.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out byte b)
            ? new RgbColor(r, g, b)
            : throw new UserException($"--background '{text}' is not a color: write red,green,blue, each 0 to 255.");
    }

    /// <summary>The layout of sprite sheets; null without a size of tiles.</summary>
    internal static SheetLayout? Sheet(string? tile, int gap, int margin, int? count)
    {
        if (tile is null)
        {
            return null;
        }

        if (gap < 0 || margin < 0)
        {
            throw new UserException($"{(gap < 0 ? $"--tile-gap {gap}" : $"--tile-margin {margin}")} has to be 0 or more.");
        }

        (int width, int height) = Size(tile, "--tile");
        return new SheetLayout
        {
            TileWidth = width,
            TileHeight = height,
            Gap = gap,
            Margin = margin,
            Count = Positive(
            "--tile-count", count)
        };
    }

    /// <summary>The order of the field's exporters: the legacy generator of NumPy shuffles 0, 1, ...</summary>
    internal static Func<int, int[]> Shuffled(uint? seed) => count =>
    {
        int[] order = [.. Enumerable.Range(0, count)];
        new NumpyRandom(seed ?? UsualShuffleSeed).Shuffle(order.AsSpan());
        return order;
    };

    internal static int? Positive(string option, int? value) =>
        value is < 1 ? throw new UserException($"{option} {value} has to be at least 1.") : value;

    internal static void RequireNone(ParseResult parsed, string why, params Option[] options)
    {
        foreach (Option option in options)
        {
            if (parsed.GetResult(option) is { Implicit: false })
            {
                throw new UserException($"{option.Name} {why}.");
            }
        }
    }

    private static bool TrySide(string text, out int side) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out side) && side is >= 1 and <= MaxSide;
}
