using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Datasets.Creation;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Data.Tests.Images;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Data.Tests.Datasets.Creation;

/// <summary>What becomes of the pixels: kinds, channels, bits, sizes and filters.</summary>
public sealed class ImageShapingTests : IDisposable
{
    private static readonly DatasetCreationOptions Small = new() { Resolution = (8, 8) };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Pictures_of_every_kind_become_one_kind_and_bad_ones_are_listed()
    {
        byte[] good = TestArchive.Png(1, 20, 10);
        byte[] huge = TestArchive.Png(1);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(huge.AsSpan(16), 100_000);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(huge.AsSpan(20), 100_000);
        string source = TestArchive.Write(folder["source.zip"],
        [
            ("00-rgb.png", good),
            ("01-gray.png", TestArchive.Png(1, 9, 30, 1)),
            ("02-rgba.png", TestArchive.Png(1, 16, 16, 4)),
            ("03-16bit.png", MinimalPng.Write(4, 4, 16, 2, new byte[4 * 24])),
            ("04-palette.png", MinimalPng.Write(4, 4, 8, 3, new byte[16], [1, 2, 3])),
            ("05-photo.jpg", ImageFile.Encode(TestArchive.Picture(1), new ImageWriteOptions { Format = ImageFormat.Jpeg })),
            ("06-cut.png", TestArchive.Png(1, compression: 6)[..^40]),
            ("07-huge.png", huge),
            ("08-empty.png", []),
            ("09-text.png", TestArchive.Json("no image")),
            ("10-last.png", good),
            ("notes.txt", [1]),
        ]);
        DatasetCreationResult result = Create(source, folder["made.zip"], Small with { Channels = ChannelChoice.Rgb });
        Assert.Equal((7, 8, 8, 3, 1), (result.Written, result.Width, result.Height, result.Channels, result.Flattened));
        Assert.Equal(4, result.Damaged.Count);
        Assert.Contains("06-cut.png is a damaged or truncated PNG", result.Damaged[0]);
        Assert.Contains("07-huge.png", result.Damaged[1]);
        Assert.Contains("08-empty.png is empty", result.Damaged[2]);
        Assert.Contains("09-text.png is not a PNG, JPEG, WebP", result.Damaged[3]);
        using ImageDataset dataset = ImageDataset.Open(folder["made.zip"]);
        Assert.Equal((7, 3), (dataset.Count, dataset.Channels));
        Assert.Equal("00000/img00000010.png", dataset.FileNames[6]);   // Numbers are those of the source.
    }

    [Theory]
    [InlineData(ChannelChoice.Gray, 1)]
    [InlineData(ChannelChoice.Rgb, 3)]
    [InlineData(ChannelChoice.Rgba, 4)]
    public void Channels_are_what_was_chosen(ChannelChoice choice, int channels)
    {
        string source = TestArchive.Write(
            folder["source.zip"], [("a.png", TestArchive.Png(1, channels: 4)), ("b.png", TestArchive.Png(1, channels: 1))]);
        Create(source, folder["made.zip"], Small with { Channels = choice });
        using ImageDataset dataset = ImageDataset.Open(folder["made.zip"]);
        Assert.Equal(channels, dataset.Channels);
    }

    [Fact]
    public void Gray_pictures_stay_gray()
    {
        string source = TestArchive.Write(folder["source.zip"], [("a.png", TestArchive.Png(1, channels: 1))]);
        Assert.Equal(1, Create(source, folder["made.zip"], new DatasetCreationOptions()).Channels);
    }

    [Theory]
    [InlineData(255, 3)]
    [InlineData(254, 4)]
    [InlineData(0, 4)]
    public void Real_transparency_makes_a_set_of_four_channels(byte alpha, int channels)
    {
        ImageBuffer image = TestArchive.Picture(1, channels: 3).ToChannels(4);   // Opaque.
        image.Pixels[^1] = alpha;
        string source = TestArchive.Write(
            folder["source.zip"],
            [("a.png", TestArchive.Png(1)), ("b.png", TestArchive.Png(1, channels: 1)),
             ("c.png", ImageFile.Encode(image, new() { Format = ImageFormat.Png }))]);
        DatasetCreationResult result = Create(source, folder["made.zip"], new DatasetCreationOptions());
        Assert.Equal(channels, result.Channels);
        Assert.Equal(channels == 4, result.Remarks.Any(
            r => r.StartsWith("c.png has transparent pixels", StringComparison.Ordinal)));
        Assert.Equal(channels == 3 ? 1 : 0, result.Flattened);
        Assert.Equal(3, Create(source, folder["rgb.zip"], new DatasetCreationOptions { Channels = ChannelChoice.Rgb }).Channels);
    }

    [Fact]
    public void Pictures_that_leave_their_upper_bits_unused_are_spread_over_the_range()
    {
        byte[] Deep(params ushort[] samples) =>
            Images.MinimalPng.Write(
                4,
                4,
                16,
                0,
                [.. Enumerable.Range(0, 16).Select(i => samples[i % samples.Length]).SelectMany(
                    s => new[] { (byte)(s >> 8), (byte)s })]);
        string twelve = TestArchive.Write(folder["twelve.zip"], [("a.png", Deep(4095, 0)), ("b.png", Deep(2048))]);
        DatasetCreationResult spread = Create(twelve, folder["made.zip"], new DatasetCreationOptions());
        Assert.Contains(spread.Remarks, r => r.Contains("use 12 of them", StringComparison.Ordinal));
        Assert.Equal(255, FirstPixel(folder["made.zip"], 0));
        Assert.Equal(128, FirstPixel(folder["made.zip"], 1));

        // One image that uses all bits decides for all; the dark one is named.
        string mixed = TestArchive.Write(folder["mixed.zip"], [("a.png", Deep(4095)), ("b.png", Deep(65535))]);
        DatasetCreationResult dark = Create(mixed, folder["dark.zip"], new DatasetCreationOptions());
        Assert.Contains(
            dark.Remarks, r =>
                r.Contains("a.png", StringComparison.Ordinal) && r.Contains("nearly black", StringComparison.Ordinal));
        Assert.Equal((15, 255), (FirstPixel(folder["dark.zip"], 0), FirstPixel(folder["dark.zip"], 1)));
    }

    [Fact]
    public void Pictures_of_every_kind_are_taken_and_the_rest_is_counted_by_kind()
    {
        byte[] png = TestArchive.Png(1), jpeg = ImageFile.Encode(TestArchive.Picture(1), new() { Format = ImageFormat.Jpeg });
        using NetVips.Image raw = NetVips.Image.NewFromMemory(
            TestArchive.Picture(1).Pixels, 8, 8, 3, NetVips.Enums.BandFormat.Uchar);
        using NetVips.Image picture = raw.Copy(interpretation: NetVips.Enums.Interpretation.Srgb);
        byte[] bitmap = [.. "BM"u8, 1, 2, 3, 4, 0, 0, 0, 0, .. new byte[100]];
        (string, byte[])[] files =
        [
            ("a.PNG", png), ("b.JPG", jpeg), ("c.jfif", jpeg), ("d.gif", picture.WriteToBuffer(".gif")),
            ("e.tif", picture.WriteToBuffer(".tif")),
            ("f.TIFF", picture.WriteToBuffer(".tif")), ("g.jpg", png), ("h.png", picture.WriteToBuffer(".gif")),
            ("x.bmp", bitmap), ("y.bmp", bitmap), ("z.heic", [1]), ("Thumbs.db", [1]), ("readme", [1]),
            ("n.png", bitmap), (".DS_Store", [1]),
        ];
        DatasetCreationResult result = Create(
            TestArchive.Write(folder["source.zip"], files), folder["made.zip"], Small with { Channels = ChannelChoice.Rgb });
        Assert.Equal(8, result.Written);
        string left = Assert.Single(result.Remarks);
        Assert.StartsWith("5 files are left out: 2 .bmp, 1 .heic (images", left);
        Assert.Contains("1 .db", left);
        Assert.Contains("1 without extension", left);
        Assert.DoesNotContain("DS_Store", left);
        Assert.Contains("n.png is a BMP image", Assert.Single(result.Damaged));
    }

    [Fact]
    public void A_picture_too_large_for_the_memory_is_read_shrunk_where_it_is_resized()
    {
        // 12000 x 12000 gray pixels, 144 million, in 140 kB.
        byte[] rows = new byte[12000 * 12000 / 8];
        Array.Fill(rows, (byte)0xFF);
        byte[] large = Images.MinimalPng.Write(12000, 12000, 1, 0, rows);
        string source = TestArchive.Write(folder["source.zip"], [("a.png", large), ("b.png", TestArchive.Png(1, channels: 1))]);
        DatasetCreationResult result = Create(source, folder["made.zip"], Small);
        Assert.Equal((2, 0), (result.Written, result.Damaged.Count));
        Assert.Equal(255, FirstPixel(folder["made.zip"], 0));
        Assert.Empty(DatasetCheck.Run(source, TestContext.Current.CancellationToken).Problems);
        string alone = TestArchive.Write(folder["alone.zip"], [("a.png", large)]);
        Assert.Contains("12000x12000", Refused(alone, new DatasetCreationOptions()));
    }

    [Theory]
    [InlineData(ImageShape.Pad)]
    [InlineData(ImageShape.Squash)]
    [InlineData(ImageShape.CenterCrop)]
    public void Transforms_keep_what_they_promise(ImageShape shape)
    {
        var wide = new ImageBuffer(64, 16, 3);
        Array.Fill(wide.Pixels, (byte)200);
        string source = TestArchive.Write(
            folder["source.zip"], [("a.png", ImageFile.Encode(wide, new ImageWriteOptions { Format = ImageFormat.Png }))]);
        Create(source, folder["made.zip"],
            new DatasetCreationOptions { Shape = shape, Resolution = (16, 16), Background = new RgbColor(9, 9, 9) });
        using ImageDataset dataset = ImageDataset.Open(folder["made.zip"]);
        var pixels = new byte[dataset.ImageBytes];
        dataset.Read(0, pixels);
        int border = pixels.Count(p => p == 9);
        Assert.Equal(shape == ImageShape.Pad ? 3 * 16 * 12 : 0, border);
        Assert.Equal(pixels.Length - border, pixels.Count(p => p == 200));
    }

    [Fact]
    public void Cmyk_and_animated_pictures_become_rgb()
    {
        ImageBuffer first = TestImages.Smooth(8, 8, 3);
        string source = TestArchive.Write(
            folder["source.zip"],
            [("a.jpg", ImageDecoderTests.CmykJpeg(0, 0, 0, 255)), (
                "b.webp", ImageDecoderTests.AnimatedWebP(first, TestImages.Smooth(8, 8, 3)))]);
        DatasetCreationResult result = Create(source, folder["made.zip"], Small with { Channels = ChannelChoice.Rgb });
        Assert.Equal((2, 0), (result.Written, result.Damaged.Count));
        using ImageDataset dataset = ImageDataset.Open(folder["made.zip"]);
        var pixels = new byte[dataset.ImageBytes];
        dataset.Read(0, pixels);
        Assert.All(pixels, p => Assert.InRange(p, 0, 60));   // Full black ink, through the profile of libvips.
        dataset.Read(1, pixels);
        Assert.Equal(first.ToPlanar(), pixels);
    }

    [Fact]
    public void The_box_filter_takes_the_mean()
    {
        string source = TestArchive.Write(folder["source.zip"], [("a.png", TestArchive.Png(1, 16, 16))]);
        Create(source, folder["made.zip"], Small with { Filter = ResizeFilter.Box });
        using ImageDataset dataset = ImageDataset.Open(folder["made.zip"]);
        var pixels = new byte[dataset.ImageBytes];
        dataset.Read(0, pixels);
        ImageBuffer image = TestArchive.Picture(1, 16, 16);
        for (int i = 0; i < pixels.Length; i++)
        {
            (int c, int y, int x) = (i / 64, i / 8 % 8, i % 8);
            int At(int dy, int dx) => image.Row((2 * y) + dy)[(((2 * x) + dx) * 3) + c];

            // Two passes, each rounded to 8 bits, halves up.
            int expected = (((At(0, 0) + At(0, 1) + 1) / 2) + ((At(1, 0) + At(1, 1) + 1) / 2) + 1) / 2;
            Assert.Equal(expected, pixels[i]);
        }
    }

    [Fact]
    public void Resizing_weighs_colours_by_their_alpha()
    {
        // Half of the pixels are visible and red, the others invisible and green: what is left is red.
        var image = new ImageBuffer(16, 16, 4);
        for (int i = 0; i < 256; i++)
        {
            (i % 2 == 0 ? (ReadOnlySpan<byte>)[200, 0, 0, 255] : [0, 200, 0, 0]).CopyTo(image.Pixels.AsSpan(4 * i));
        }

        string source = TestArchive.Write(
            folder["source.zip"], [("a.png", ImageFile.Encode(image, new ImageWriteOptions { Format = ImageFormat.Png }))]);
        Create(source, folder["made.zip"], Small with { Channels = ChannelChoice.Rgba, Filter = ResizeFilter.Box });
        using ImageDataset dataset = ImageDataset.Open(folder["made.zip"]);
        var pixels = new byte[dataset.ImageBytes];
        dataset.Read(0, pixels);
        Assert.All(pixels[..64], p => Assert.InRange(p, 198, 202));
        Assert.All(pixels[64..192], p => Assert.Equal(0, p));
        Assert.All(pixels[192..], p => Assert.Equal(128, p));
    }

    [Fact]
    public void Game_tiles_of_all_colour_types_become_a_data_set()
    {
        string source = SharedData.FileOrSkip("dcss-tiles", "dcss-tiles.zip");
        DatasetCreationResult result = Create(
            source, folder["made.zip"], new DatasetCreationOptions { Resolution = (32, 32), Labels = LabelSource.None });
        Assert.Empty(result.Damaged);
        Assert.Equal((6029, 4), (result.Written, result.Channels));   // Most tiles have transparent pixels.
        using ImageDataset dataset = ImageDataset.Open(folder["made.zip"]);
        var pixels = new byte[dataset.ImageBytes];
        for (int i = 0; i < dataset.Count; i++)
        {
            dataset.Read(i, pixels);
        }
    }

    private static byte FirstPixel(string path, int index)
    {
        using ImageDataset dataset = ImageDataset.Open(path);
        var pixels = new byte[dataset.ImageBytes];
        dataset.Read(index, pixels);
        return pixels[0];
    }

    private string Refused(string source, DatasetCreationOptions options) =>
        Assert.Throws<DatasetException>(() => Create(source, folder["made.zip"], options)).Message;

    private static DatasetCreationResult Create(string source, string destination, DatasetCreationOptions options) =>
        DatasetCreatorTests.Create(source, destination, options);
}
