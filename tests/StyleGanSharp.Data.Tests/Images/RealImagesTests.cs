using System.IO.Compression;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Data.Numpy;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Data.Tests.Images;

/// <summary>Files that other programs wrote: the golden dataset archives, and real data where it is there.</summary>
public sealed class RealImagesTests
{
    [Theory]
    [InlineData("synthetic-32x32")]
    [InlineData("gray-16x16")]
    [InlineData("vector-labels-16x16")]
    [InlineData("center-crop-32")]
    [InlineData("center-crop-wide-64")]
    [InlineData("resize-32")]
    public void Golden_archives_decode_to_the_expected_pixels(string name)
    {
        using NpzFile expected = NpzFile.Open(Path.Combine(Fixtures.Golden.Root, "dataset", "expected.npz"));
        NumpyArray images = expected.Read($"{name}/images");   // [N, C, H, W]
        using ZipArchive archive = ZipFile.OpenRead(Path.Combine(Fixtures.Golden.Root, "dataset", $"{name}.zip"));
        byte[] planar = [.. Images(archive).SelectMany(e => ImageFile.Decode(Content(e), name: e.FullName).ToPlanar())];
        Assert.Equal(images.AsSpan<byte>().ToArray(), planar);
    }

    [Theory]
    [InlineData("dcss-tiles/dcss-tiles.zip")]
    [InlineData("omniglot/images_background_small1.zip")]
    [InlineData("noto-emoji/noto-emoji-128.zip")]
    public void Real_pngs_all_decode_with_the_channels_of_their_type(string path)
    {
        using ZipArchive archive = ZipFile.OpenRead(SharedData.FileOrSkip(path.Split('/')));
        var kinds = new HashSet<string>();
        foreach (ZipArchiveEntry entry in Images(archive))
        {
            byte[] file = Content(entry);
            int depth = file[24], colourType = file[25], interlace = file[28];   // The fixed header of PNG.
            bool transparent = MinimalPng.Chunks(file).Any(c => c.Type == "tRNS");
            int channels = (colourType, transparent) switch
            {
                (0, false) => 1,
                (2 or 3, false) => 3,
                _ => 4,
            };
            ImageBuffer image = ImageFile.Decode(file, name: entry.FullName);
            Assert.True(channels == image.Channels, $"{entry.FullName}: {image.Channels} channels, expected {channels}");
            kinds.Add($"type {colourType} depth {depth} tRNS {transparent}");

            // Where the small reader knows the type, it is the oracle.
            if (depth == 8 && colourType is (0 or 2 or 6) && interlace == 0 && !transparent)
            {
                (int width, int height, int _, byte[] pixels) = MinimalPng.Read(file);
                Assert.Equal((width, height), (image.Width, image.Height));
                Assert.True(image.Pixels.AsSpan().SequenceEqual(pixels), entry.FullName);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", kinds.Order(StringComparer.Ordinal)));
    }

    private static IEnumerable<ZipArchiveEntry> Images(ZipArchive archive) => archive.Entries
        .Where(e => e.FullName.EndsWith(".png", StringComparison.Ordinal))
        .OrderBy(e => e.FullName, StringComparer.Ordinal);

    private static byte[] Content(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
