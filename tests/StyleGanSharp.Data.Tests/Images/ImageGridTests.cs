using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Data.Tests.Images;

public sealed class ImageGridTests
{
    [Fact]
    public void Cells_go_row_by_row_and_missing_ones_are_black()
    {
        ImageBuffer[] cells = [Solid(1), Solid(2), Solid(3), Solid(4), Solid(5)];
        ImageBuffer grid = ImageGrid.Compose(cells, columns: 3, rows: 2);
        Assert.Equal((6, 2, 1), (grid.Width, grid.Height, grid.Channels));
        Assert.Equal([1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 0, 0], grid.Pixels);
    }

    [Fact]
    public void Padding_lies_between_cells_only()
    {
        ImageBuffer grid = ImageGrid.Compose([Solid(1), Solid(2), Solid(3), Solid(4)], 2, 2, padding: 1);
        Assert.Equal((5, 3), (grid.Width, grid.Height));
        Assert.Equal([1, 1, 0, 2, 2, 0, 0, 0, 0, 0, 3, 3, 0, 4, 4], grid.Pixels);
    }

    [Fact]
    public void Missing_cells_are_opaque_where_there_is_alpha() =>
        Assert.Equal([1, 2, 3, 4, 0, 0, 0, 255], ImageGrid.Compose([new ImageBuffer(1, 1, 4, [1, 2, 3, 4])], 2, 1).Pixels);

    [Fact]
    public void Mismatches_are_named()
    {
        var sizes = Assert.Throws<ArgumentException>(() => ImageGrid.Compose([Solid(1), new ImageBuffer(2, 2, 1)], 2, 1));
        Assert.Contains("image 0 is 2x1x1, image 1 is 2x2x1", sizes.Message, StringComparison.Ordinal);
        var count = Assert.Throws<ArgumentException>(() => ImageGrid.Compose([Solid(1), Solid(1)], 1, 1));
        Assert.Contains("takes 1 to 1 images, got 2", count.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ImageGrid.Compose([], 1, 1));
        Assert.Throws<ArgumentException>(() => ImageGrid.Compose([Solid(1)], 1 << 30, 1 << 30));
    }

    private static ImageBuffer Solid(byte value) => new(2, 1, 1, [value, value]);
}
