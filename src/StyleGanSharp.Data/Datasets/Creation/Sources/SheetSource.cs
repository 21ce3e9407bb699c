using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Data.Datasets.Creation.Sources;

/// <summary>
/// The tiles of sprite sheets, which another source gives. Tiles that are cut off by the right or lower edge are left out. A
/// damaged sheet counts as one damaged image.
/// </summary>
internal sealed class SheetSource : IImageSource
{
    // Threads work at neighbouring tiles, so that two sheets are in use at most.
    private const int KeptSheets = 2;

    private readonly IImageSource sheets;
    private readonly SheetLayout layout;
    private readonly int[] starts;      // First tile of every sheet, and the number of all tiles in the end.
    private readonly int[] columns;
    private readonly Lock access = new();
    private readonly List<(int Sheet, ImageBuffer Image)> kept = [];

    public SheetSource(IImageSource sheets, string path, SheetLayout layout)
    {
        this.sheets = sheets;
        this.layout = layout;
        starts = new int[sheets.Count + 1];
        columns = new int[sheets.Count];
        int partial = 0;
        long total = 0;
        for (int i = 0; i < sheets.Count; i++)
        {
            int tiles = 1;
            if (sheets.Identify(i) is var (width, height, _))
            {
                columns[i] = SheetLayout.Fitting(width, layout.TileWidth, layout.Margin, layout.Gap);
                long whole = (long)columns[i] * SheetLayout.Fitting(height, layout.TileHeight, layout.Margin, layout.Gap);
                tiles = (int)Math.Min(whole, layout.Count ?? int.MaxValue);
                bool isPartial = SheetLayout.HasPartial(width, layout.TileWidth, layout.Margin, layout.Gap)
                    || SheetLayout.HasPartial(height, layout.TileHeight, layout.Margin, layout.Gap);
                partial += isPartial && tiles == whole ? 1 : 0;
            }

            total += tiles;
            starts[i + 1] = total <= int.MaxValue
                ? (int)total : throw new DatasetException(
                    path, $"{path} holds more tiles than can be counted: give larger ones.");
        }

        if (total == 0)
        {
            throw new DatasetException(
                path, $"{path} holds no tile of {layout.TileWidth}x{layout.TileHeight}: "
                    + $"give the size of the tiles, not that of the sheet.");
        }

        string sheetsText = partial == 1 ? "sheet" : "sheets";
        Remarks = partial == 0
            ? sheets.Remarks
            : [.. sheets.Remarks,
                $"{partial} {sheetsText} did not divide into tiles of {layout.TileWidth}x{layout.TileHeight}: "
                    + $"what was cut off at the right or lower edge was left out."];
    }

    public int Count => starts[^1];

    public IReadOnlyList<string>? ClassNames => sheets.ClassNames;

    public IReadOnlyList<string> Remarks { get; }

    public string Name(int index) => $"{sheets.Name(SheetOf(index))} tile {index - starts[SheetOf(index)]}";

    public string? Label(int index) => sheets.Label(SheetOf(index));

    public (int Width, int Height, int Channels)? Identify(int index) =>
        sheets.Identify(SheetOf(index)) is var (_, _, channels) ? (layout.TileWidth, layout.TileHeight, channels) : null;

    public ImageBuffer Read(int index)
    {
        int sheet = SheetOf(index);
        ImageBuffer image = Sheet(sheet);
        if (columns[sheet] == 0)
        {
            // Its header could not be read, so that reading it should have failed too.
            throw new DatasetException(sheets.Name(sheet), $"{sheets.Name(sheet)} changed while it was read.");
        }

        (int row, int column) = Math.DivRem(index - starts[sheet], columns[sheet]);
        int left = layout.Margin + (column * (layout.TileWidth + layout.Gap));
        int top = layout.Margin + (row * (layout.TileHeight + layout.Gap));
        if (left + layout.TileWidth > image.Width || top + layout.TileHeight > image.Height)
        {
            throw new DatasetException(sheets.Name(sheet), $"{sheets.Name(sheet)} is smaller than its header says.");
        }

        var tile = new ImageBuffer(layout.TileWidth, layout.TileHeight, image.Channels);
        for (int y = 0; y < layout.TileHeight; y++)
        {
            image.Row(top + y).Slice(left * image.Channels, layout.TileWidth * image.Channels).CopyTo(tile.Row(y));
        }

        return tile;
    }

    public void Dispose() => sheets.Dispose();

    /// <summary>The sheet of a tile: sheets without tiles are stepped over.</summary>
    private int SheetOf(int index)
    {
        int found = Array.BinarySearch(starts, index);
        if (found < 0)
        {
            return ~found - 1;
        }

        while (starts[found + 1] == index)
        {
            found++;
        }

        return found;
    }

    private ImageBuffer Sheet(int sheet)
    {
        lock (access)
        {
            int at = kept.FindIndex(k => k.Sheet == sheet);
            if (at >= 0)
            {
                return kept[at].Image;
            }

            ImageBuffer image = sheets.Read(sheet);
            if (kept.Count == KeptSheets)
            {
                kept.RemoveAt(0);
            }

            kept.Add((sheet, image));
            return image;
        }
    }
}
