using StyleGanSharp.Data.Images;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Data.Tests.Images;

/// <summary>Animated GIFs, read back block by block as the format's specification (GIF89a) lays them out.</summary>
public sealed class GifFileTests : IDisposable
{
    private const int Width = 6;
    private const int Height = 4;

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1, 50)]
    [InlineData(3, 30)]
    [InlineData(3, 1)]
    public void Every_frame_is_there_with_its_time(int channels, int fps)
    {
        NeedGif();
        Gif gif = Write("a.gif", Frames(channels, 7), fps);
        Assert.Equal((Width, Height), (gif.Width, gif.Height));
        Assert.True(gif.RepeatsForEver);
        Assert.Equal(GifFile.Delays(7, fps).Select(ms => ms / 10), gif.Delays);
    }

    [Fact]
    public void The_same_frames_are_the_same_file()
    {
        NeedGif();
        Write("a.gif", Frames(3, 5), 25);
        Write("b.gif", Frames(3, 5), 25);
        Assert.Equal(File.ReadAllBytes(folder["a.gif"]), File.ReadAllBytes(folder["b.gif"]));
    }

    [Theory]
    [InlineData(50, new[] { 20, 20, 20 })]
    [InlineData(30, new[] { 30, 40, 30 })]
    [InlineData(1, new[] { 1000, 1000, 1000 })]
    public void Times_are_whole_hundredths(int fps, int[] expected) => Assert.Equal(expected, GifFile.Delays(3, fps));

    [Fact]
    public void Times_add_up_and_are_never_so_short_that_viewers_change_them()
    {
        for (int fps = 1; fps <= GifFile.MaxFps; fps++)
        {
            int[] delays = GifFile.Delays(10 * fps, fps);
            Assert.Equal(10_000, delays.Sum());
            Assert.All(delays, d => Assert.True(d >= 20, $"{fps} frames per second: {d} ms"));
        }
    }

    [Fact]
    public void Too_large_films_are_refused_with_what_is_allowed()
    {
        Assert.True(GifFile.Takes(5000, 5000, 2000, out _));
        Assert.False(GifFile.Takes(5000, 5001, 1, out string? frame));
        Assert.Contains("more than 25000000 pixels", frame);
        Assert.False(GifFile.Takes(10, 1024, 9766, out string? film));
        Assert.Contains("at most 9765 frames of 1024 rows", film);
        Assert.Throws<ArgumentException>(
            () => GifFile.Write(folder["a.gif"], new RawFrames(folder["raw"], 10, 1024, 3, 9766), 50, Token));
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void A_rate_out_of_range_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => GifFile.Write(folder["a.gif"], Frames(3, 1), 0, Token));
        Assert.Throws<ArgumentOutOfRangeException>(() => GifFile.Write(folder["a.gif"], Frames(3, 1), 51, Token));
    }

    [Fact]
    public void Missing_frames_are_one_sentence()
    {
        NeedGif();
        RawFrames frames = Frames(3, 3);
        var missing = Assert.Throws<ImageException>(
            () => GifFile.Write(folder["a.gif"], frames with { Path = folder["none"] }, 50, Token));
        Assert.StartsWith($"{folder["a.gif"]} could not be written as GIF (", missing.Message);
        Assert.Throws<ImageException>(() => GifFile.Write(folder["a.gif"], frames with { Count = 4 }, 50, Token));
    }

    [Fact]
    public void Cancelling_ends_the_work()
    {
        NeedGif();
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        Assert.Throws<OperationCanceledException>(() => GifFile.Write(folder["a.gif"], Frames(3, 50), 50, cancel.Token));
    }

    private static void NeedGif() =>
        Assert.SkipUnless(GifFile.IsAvailable, "Needs a libvips with gifsave (8.12 and later, built with cgif).");

    // Frames that differ everywhere: equal ones would be joined.
    private RawFrames Frames(int channels, int count)
    {
        byte[] pixels = [.. Enumerable.Range(0, count * Width * Height * channels).Select(i => (byte)(i * 37 / channels))];
        File.WriteAllBytes(folder["raw"], pixels);
        return new RawFrames(folder["raw"], Width, Height, channels, count);
    }

    private Gif Write(string name, RawFrames frames, int fps)
    {
        GifFile.Write(folder[name], frames, fps, Token);
        return Read(File.ReadAllBytes(folder[name]));
    }

    private static Gif Read(byte[] file)
    {
        Assert.Equal("GIF89a"u8.ToArray(), file[..6]);
        var delays = new List<int>();
        bool repeats = false;
        int at = 13 + TableBytes(file[10]);
        while (file[at] != 0x3B)
        {
            if (file[at] == 0x21)
            {
                if (file[at + 1] == 0xF9)
                {
                    delays.Add(BitConverter.ToUInt16(file, at + 4));
                }

                repeats |= file[at + 1] == 0xFF && file.AsSpan(at + 3, 11).SequenceEqual("NETSCAPE2.0"u8)
                    && BitConverter.ToUInt16(file, at + 16) == 0;
                at = SkipBlocks(file, at + 2);
            }
            else
            {
                Assert.Equal(0x2C, file[at]);
                at = SkipBlocks(file, at + 11 + TableBytes(file[at + 9]));
            }
        }

        return new Gif(BitConverter.ToUInt16(file, 6), BitConverter.ToUInt16(file, 8), repeats, delays);
    }

    private static int TableBytes(byte flags) => (flags & 0x80) != 0 ? 3 << ((flags & 7) + 1) : 0;

    private static int SkipBlocks(byte[] file, int at)
    {
        while (file[at] != 0)
        {
            at += 1 + file[at];
        }

        return at + 1;
    }

    private sealed record Gif(int Width, int Height, bool RepeatsForEver, List<int> Delays);
}
