namespace StyleGanSharp.Data.Datasets.Creation;

/// <summary>How the images of a sprite sheet are laid out: a grid that is read row by row, left to right.</summary>
public sealed record SheetLayout
{
    /// <summary>Columns of a tile, at least 1.</summary>
    public required int TileWidth { get; init; }

    /// <summary>Rows of a tile, at least 1.</summary>
    public required int TileHeight { get; init; }

    /// <summary>Pixels between two tiles. The default is 0.</summary>
    public int Gap { get; init; }

    /// <summary>Pixels around all tiles. The default is 0.</summary>
    public int Margin { get; init; }

    /// <summary>Tiles of each sheet, from its beginning; null (the default) = all that fit.</summary>
    public int? Count { get; init; }

    /// <summary>Whole tiles that fit into a length.</summary>
    internal static int Fitting(int length, int tile, int margin, int gap) =>
        (long)length - (2L * margin) < tile ? 0 : (int)((length - (2L * margin) + gap) / ((long)tile + gap));

    /// <summary>Whether pixels are left behind the last whole tile, beyond a gap.</summary>
    internal static bool HasPartial(int length, int tile, int margin, int gap)
    {
        int fitting = Fitting(length, tile, margin, gap);
        long used = fitting == 0 ? 0 : (fitting * ((long)tile + gap)) - gap;
        return length - (2L * margin) - used > (fitting == 0 ? 0 : gap);
    }
}
