using StyleGanSharp.Data.Datasets.TfRecords;

namespace StyleGanSharp.Data.Tests.Datasets.TfRecords;

public sealed class PictureExampleTests
{
    private static readonly byte[] Pixels = [.. Enumerable.Range(0, 12).Select(i => (byte)(i * 20))];

    public static TheoryData<string, byte[]> Forms => new()
    {
        { "shape first", RecordBytes.Example(RecordBytes.Shape(3, 2, 2), RecordBytes.Data(Pixels)) },
        { "data first", RecordBytes.Example(RecordBytes.Data(Pixels), RecordBytes.Shape(3, 2, 2)) },
        { "unpacked", RecordBytes.Example(RecordBytes.UnpackedShape(3, 2, 2), RecordBytes.Data(Pixels)) },
        { "further features", RecordBytes.Example(
            RecordBytes.Data([1], "other"), RecordBytes.Shape(3, 2, 2), RecordBytes.Data(Pixels)) },
        { "further fields", [
            .. RecordBytes.Message(9, [1, 2]), 8 << 3, 5, (7 << 3) | 5, 1, 2, 3, 4, .. RecordBytes.Example(
                RecordBytes.Shape(3, 2, 2), RecordBytes.Data(Pixels))] },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_allowed_form_gives_shape_and_pixels(string form, byte[] example)
    {
        ReadOnlySpan<byte> pixels = PictureExample.Parse(example, out PlanarShape shape);
        Assert.Equal((form, new PlanarShape(3, 2, 2)), (form, shape));
        Assert.Equal(Pixels, pixels);
    }

    [Fact]
    public void What_is_written_is_read()
    {
        byte[] pixels = [.. Enumerable.Range(0, 3 * 64 * 64).Select(i => (byte)i)];
        byte[] written = PictureExample.Write(pixels, new PlanarShape(3, 64, 64));
        Assert.Equal(RecordBytes.Example(RecordBytes.Shape(3, 64, 64), RecordBytes.Data(pixels)), written);
        Assert.Equal(pixels, PictureExample.Parse(written, out PlanarShape shape));
        Assert.Equal(new PlanarShape(3, 64, 64), shape);
    }

    [Fact]
    public void Wrong_shapes_and_missing_features_are_named()
    {
        Assert.Equal("has no feature 'shape': it is not an image of a multi-resolution data set", Refused(
            RecordBytes.Example(RecordBytes.Data(Pixels))));
        Assert.Contains("no feature 'data'", Refused(RecordBytes.Example(RecordBytes.Shape(3, 2, 2))));
        Assert.Contains("the shape [2, 3, 2], which is not an image", Refused(
            RecordBytes.Example(RecordBytes.Shape(2, 3, 2), RecordBytes.Data(Pixels))));
        Assert.Contains("the shape of 4 numbers", Refused(
            RecordBytes.Example(RecordBytes.Shape(1, 3, 2, 2), RecordBytes.Data(Pixels))));
        Assert.Contains("[3, 2, 4], but 12 bytes of pixels", Refused(
            RecordBytes.Example(RecordBytes.Shape(3, 2, 4), RecordBytes.Data(Pixels))));
        foreach (ulong size in (ulong[])[0, 1UL << 31, 1UL << 62, ulong.MaxValue])
        {
            Assert.Contains("which is not an image", Refused(
                RecordBytes.Example(RecordBytes.Shape(3, size, 2), RecordBytes.Data(Pixels))));
        }
    }

    [Fact]
    public void No_damage_does_more_than_refuse()
    {
        byte[] whole = RecordBytes.Example(RecordBytes.Shape(3, 2, 2), RecordBytes.Data(Pixels));
        for (int length = 0; length < whole.Length; length++)
        {
            Refused(whole[..length]);
        }

        for (int at = 0; at < whole.Length - Pixels.Length; at++)
        {
            for (int value = 0; value < 256; value++)
            {
                byte[] damaged = [.. whole];
                damaged[at] = (byte)value;
                try
                {
                    Assert.True(PictureExample.Parse(damaged, out PlanarShape shape).Length == shape.Bytes);
                }
                catch (InvalidDataException)
                {
                    // As it should be.
                }
            }
        }
    }

    private static string Refused(byte[] example) =>
        Assert.Throws<InvalidDataException>(() => PictureExample.Parse(example, out _).Length).Message;
}
