using NetVips;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Data.Tests.Images;

/// <summary>
/// The library as a guest in the process: found, thread-safe, and giving back what it took. These tests look at the whole
/// process and
/// therefore run alone.
/// </summary>
[Collection(nameof(RunAlone))]
public sealed class ImageLibraryTests
{
    [Fact]
    public void Library_is_found_and_tells_its_version()
    {
        Assert.True(ImageLibrary.IsAvailable(out string? problem), problem);
        Assert.Null(problem);
        Assert.True(ImageLibrary.Version >= new Version(8, 9));
        Assert.Contains("libvips42", ImageLibrary.MissingMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void The_library_of_the_package_goes_before_the_systems()
    {
        string platform = System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier;
        Assert.SkipUnless(
            platform is "linux-x64" or "linux-arm64" or "osx-arm64" or "win-x64", $"No package was asked for on {platform}.");
        Assert.True(ImageLibrary.IsOwn, ImageLibrary.FileName);
        Assert.All([ImageFormat.Png, ImageFormat.Gif, ImageFormat.Tiff, ImageFormat.Avif], f =>
            Assert.True(ImageLibrary.Reads(f)));
        Assert.True(GifFile.IsAvailable);
    }

    [Fact]
    public void Concurrency_can_be_set_and_restored()
    {
        int before = ImageLibrary.Concurrency;
        ImageLibrary.Concurrency = 1;
        Assert.Equal(1, ImageLibrary.Concurrency);
        ImageLibrary.Concurrency = before;
        Assert.Equal(before, ImageLibrary.Concurrency);
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageLibrary.Concurrency = -1);
    }

    [Fact]
    public void Five_hundred_images_leave_no_memory_behind()
    {
        ImageBuffer image = TestImages.Noise(128, 96, 4);
        byte[] cut = ImageFile.Encode(image, new() { Format = ImageFormat.Png })[..2000];
        void RoundTrip(int i)
        {
            var options = new ImageWriteOptions { Format = (ImageFormat)(i % 3) };
            Assert.Equal(128, ImageFile.Decode(ImageFile.Encode(image, options)).Width);
            Assert.Throws<ImageException>(() => ImageFile.Decode(cut));
        }

        for (int i = 0; i < 100; i++)
        {
            RoundTrip(i);
        }

        // One leaked image each would be 1000 allocations and 49 MB; threads of the library keep a few buffers.
        int allocations = Stats.Allocations;
        long bytes = (long)Stats.Mem;
        long process = ProcessMemory.NativeResidentBytes();
        for (int i = 0; i < 500; i++)
        {
            RoundTrip(i);
        }

        Assert.InRange(Stats.Allocations - allocations, -1000, 20);
        Assert.InRange((long)Stats.Mem - bytes, long.MinValue, 2L << 20);
        Assert.InRange(ProcessMemory.NativeResidentBytes() - process, long.MinValue, 24L << 20);
    }

    [Fact]
    public void Threads_do_not_disturb_each_other()
    {
        ImageBuffer[] images = [TestImages.Noise(40, 30, 1), TestImages.Noise(33, 64, 3), TestImages.Noise(64, 20, 4)];
        byte[][] files = [.. images.Select(i => ImageFile.Encode(i, new() { Format = ImageFormat.Png }))];
        Parallel.For(0, 300, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            if (i % 7 == 0)
            {
                Assert.Throws<ImageException>(() => ImageFile.Decode(files[i % 3].AsSpan(0, files[i % 3].Length / 2)));
            }

            Assert.Equal(images[i % 3].Pixels, ImageFile.Decode(files[i % 3]).Pixels);
        });
    }
}
