using StyleGanSharp.Data.Datasets.TfRecords;

namespace StyleGanSharp.Data.Datasets.Creation.Sources;

/// <summary>Chooses the reader by the name of a source.</summary>
internal static class ImageSources
{
    /// <param name="path">The source.</param>
    /// <param name="options">Labels and sheets.</param>
    /// <param name="destination">What is written, which may lie in the source; null: nothing is.</param>
    /// <exception cref="DatasetException">The source cannot be read.</exception>
    public static IImageSource Open(string path, DatasetCreationOptions options, string? destination = null)
    {
        if (options.Sheet is { } sheet)
        {
            return OfSheets(path, options, sheet, destination);
        }

        LabelSource labels = options.Labels;
        string name = Path.GetFileName(path);
        if (!Directory.Exists(path) && name.Contains("-idx3-ubyte", StringComparison.Ordinal))
        {
            return new IdxSource(path, labels);
        }

        if (!Directory.Exists(path)
            && (name.EndsWith(".tar.gz", StringComparison.Ordinal) || name.EndsWith(".tgz", StringComparison.Ordinal)))
        {
            return new CifarSource(path, labels);
        }

        if (!Directory.Exists(path) && name.EndsWith(".mat", StringComparison.OrdinalIgnoreCase))
        {
            return new SvhnSource(path, labels);
        }

        return RecordSet.IsAt(path)
            ? new RecordSource(path, labels)
            : new StoreSource(path, labels, options.Resolution, options.LabelDepth, destination);
    }

    private static SheetSource OfSheets(string path, DatasetCreationOptions options, SheetLayout sheet, string? destination)
    {
        if (sheet.TileWidth < 1 || sheet.TileHeight < 1 || sheet.Gap < 0 || sheet.Margin < 0 || sheet.Count < 1)
        {
            throw new DatasetException(
                path, $"Tiles of {sheet.TileWidth}x{sheet.TileHeight} with a gap of {sheet.Gap} and a margin of {sheet.Margin} "
                    + $"are impossible: sizes are 1 or more, gap and margin 0 or more.");
        }

        // Tiles are counted in pixels: no sheet may shrink.
        IImageSource sheets = Open(path, options with { Sheet = null, Resolution = null }, destination);
        try
        {
            return new SheetSource(sheets, path, sheet);
        }
        catch
        {
            sheets.Dispose();
            throw;
        }
    }
}
