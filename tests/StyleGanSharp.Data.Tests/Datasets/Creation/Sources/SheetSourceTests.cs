using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Datasets.Creation;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Data.Tests.Datasets.Creation.Sources;

public sealed class SheetSourceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(3, 2)]
    public void Tiles_are_read_row_by_row(int gap, int margin)
    {
        ImageFile.Write(folder["sheet.png"], Sheet(3, 2, gap, margin));
        DatasetCreationResult result = Create(
            "sheet.png", new SheetLayout { TileWidth = 4, TileHeight = 4, Gap = gap, Margin = margin });
        Assert.Equal((6, 0), (result.Written, result.Remarks.Count));
        Assert.Equal([0, 1, 2, 3, 4, 5], Tiles());
    }

    [Fact]
    public void What_is_cut_off_is_left_out_and_said()
    {
        ImageBuffer sheet = Sheet(3, 2, 0, 0);
        var wider = new ImageBuffer(sheet.Width + 3, sheet.Height, 3);
        for (int y = 0; y < sheet.Height; y++)
        {
            sheet.Row(y).CopyTo(wider.Row(y));
        }

        ImageFile.Write(folder["sheet.png"], wider);
        DatasetCreationResult result = Create("sheet.png", new SheetLayout { TileWidth = 4, TileHeight = 4 });
        Assert.Equal(6, result.Written);
        Assert.Contains("1 sheet did not divide into tiles of 4x4", Assert.Single(result.Remarks));
        Assert.Equal([0, 1, 2, 3, 4, 5], Tiles());

        // A gap after the last tile is not a part of one.
        Assert.Empty(Create("sheet.png", new SheetLayout { TileWidth = 4, TileHeight = 8, Gap = 3, Count = 1 }).Remarks);
    }

    [Fact]
    public void A_folder_of_sheets_is_one_data_set_and_damaged_sheets_are_counted()
    {
        Directory.CreateDirectory(folder["sheets/b"]);
        ImageFile.Write(folder["sheets/a.png"], Sheet(2, 1, 0, 0));
        ImageFile.Write(folder["sheets/b/c.png"], Sheet(3, 3, 0, 0));
        ImageFile.Write(folder["sheets/b/tiny.png"], new ImageBuffer(2, 2, 3));
        File.WriteAllBytes(folder["sheets/b/bad.png"], [1, 2, 3]);
        DatasetCreationResult result = Create("sheets", new SheetLayout { TileWidth = 4, TileHeight = 4, Count = 5 });
        Assert.Equal((7, 1), (result.Written, result.Damaged.Count));
        Assert.Contains("bad.png", result.Damaged[0]);
        Assert.Contains("1 sheet did not divide", result.Remarks[0]);   // The tiny one.
        Assert.Equal([0, 1, 0, 1, 2, 3, 4], Tiles());
    }

    [Fact]
    public void Tiles_that_do_not_fit_are_one_sentence()
    {
        ImageFile.Write(folder["sheet.png"], Sheet(1, 1, 0, 0));
        Assert.Contains("holds no tile of 64x64", Refused(new SheetLayout { TileWidth = 64, TileHeight = 64 }));
        Assert.Contains("holds no tile", Refused(new SheetLayout { TileWidth = 4, TileHeight = 4, Margin = int.MaxValue }));
        Assert.Contains("are impossible", Refused(new SheetLayout { TileWidth = 0, TileHeight = 4 }));
        Assert.Contains("are impossible", Refused(new SheetLayout { TileWidth = 4, TileHeight = 4, Gap = -1 }));
    }

    /// <summary>Tile n is filled with 10 n; gaps and margins are white.</summary>
    private static ImageBuffer Sheet(int columns, int rows, int gap, int margin)
    {
        var sheet = new ImageBuffer((2 * margin) + (columns * (4 + gap)) - gap, (2 * margin) + (rows * (4 + gap)) - gap, 3);
        Array.Fill(sheet.Pixels, byte.MaxValue);
        for (int tile = 0; tile < columns * rows; tile++)
        {
            for (int y = 0; y < 4; y++)
            {
                sheet.Row(margin + (tile / columns * (4 + gap)) + y)
                    .Slice((margin + (tile % columns * (4 + gap))) * 3, 12).Fill((byte)(10 * tile));
            }
        }

        return sheet;
    }

    private int[] Tiles()
    {
        using ImageDataset dataset = ImageDataset.Open(folder["made.zip"]);
        var pixels = new byte[dataset.ImageBytes];
        return [.. Enumerable.Range(0, dataset.Count).Select(i =>
        {
            dataset.Read(i, pixels);
            return pixels.Distinct().Single() / 10;
        })];
    }

    private string Refused(SheetLayout layout) => Assert.Throws<DatasetException>(() => Create("sheet.png", layout)).Message;

    private DatasetCreationResult Create(string source, SheetLayout layout) => DatasetCreator.Create(
        folder[source],
        folder["made.zip"],
        new DatasetCreationOptions { Sheet = layout, Resolution = layout.TileWidth == layout.TileHeight ? null : (4, 4) },
        null,
        TestContext.Current.CancellationToken);
}
