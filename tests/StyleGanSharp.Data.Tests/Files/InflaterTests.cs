using System.IO.Compression;
using StyleGanSharp.Data.Files;

namespace StyleGanSharp.Data.Tests.Files;

/// <summary>The platform's deflate is the oracle.</summary>
public sealed class InflaterTests
{
    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.Optimal)]
    [InlineData(CompressionLevel.SmallestSize)]
    public void Everything_that_was_deflated_comes_back(CompressionLevel level)
    {
        var inflater = new Inflater();
        foreach (byte[] content in Contents())
        {
            byte[] packed = Deflate(content, level);
            var output = new byte[content.Length];
            Assert.Equal(InflateStatus.Done, inflater.Inflate(packed, output, out int written));
            Assert.Equal(content.Length, written);
            Assert.True(content.AsSpan().SequenceEqual(output));
        }
    }

    [Fact]
    public void A_cut_stream_gives_its_beginning_and_says_so()
    {
        byte[] content = Contents().ElementAt(4);
        byte[] packed = Deflate(content, CompressionLevel.Optimal);
        var inflater = new Inflater();
        var output = new byte[content.Length];
        for (int length = 0; length < packed.Length; length += 7)
        {
            InflateStatus status = inflater.Inflate(packed.AsSpan(0, length), output, out int written);
            Assert.Equal(InflateStatus.InputEnded, status);
            Assert.True(content.AsSpan(0, written).SequenceEqual(output.AsSpan(0, written)));
        }
    }

    [Fact]
    public void A_full_output_ends_the_work()
    {
        byte[] content = Contents().ElementAt(4);
        byte[] packed = Deflate(content, CompressionLevel.Optimal);
        var output = new byte[1000];
        Assert.Equal(InflateStatus.OutputFull, new Inflater().Inflate(packed, output, out int written));
        Assert.Equal(1000, written);
        Assert.True(content.AsSpan(0, 1000).SequenceEqual(output));
    }

    [Fact]
    public void Damaged_streams_never_leave_the_memory()
    {
        byte[] content = Contents().ElementAt(4);
        byte[] packed = Deflate(content, CompressionLevel.Optimal);
        var inflater = new Inflater();
        var output = new byte[content.Length];
        int refused = 0;
        for (int at = 0; at < packed.Length; at++)
        {
            byte[] damaged = [.. packed];
            damaged[at] ^= (byte)(1 << (at & 7));
            InflateStatus status = inflater.Inflate(damaged, output, out int written);
            Assert.InRange(written, 0, output.Length);
            refused += status is InflateStatus.Damaged or InflateStatus.InputEnded ? 1 : 0;
        }

        Assert.True(refused > 0);
    }

    [Fact]
    public void Noise_never_leaves_the_memory()
    {
        var inflater = new Inflater();
        var output = new byte[5000];
        var noise = new byte[300];
        uint state = 1;
        for (int round = 0; round < 20_000; round++)
        {
            for (int i = 0; i < noise.Length; i++)
            {
                state = (state * 1664525) + 1013904223;
                noise[i] = (byte)(state >> 24);
            }

            inflater.Inflate(noise, output, out int written);
            Assert.InRange(written, 0, output.Length);
        }
    }

    private static IEnumerable<byte[]> Contents()
    {
        yield return [];
        yield return [42];
        yield return new byte[70_000];
        yield return [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * i >> 7))];
        uint state = 7;
        yield return [.. Enumerable.Range(0, 20_000).Select(i =>
        {
            state = (state * 1664525) + 1013904223;
            return (byte)(state >> 24 & (i % 3 == 0 ? 0xFF : 0x0F));
        })];
    }

    private static byte[] Deflate(byte[] content, CompressionLevel level)
    {
        using var memory = new MemoryStream();
        using (var stream = new DeflateStream(memory, level, leaveOpen: true))
        {
            stream.Write(content);
        }

        // The platform writes nothing for nothing; an empty stream is one empty block.
        return memory.Length == 0 ? [3, 0] : memory.ToArray();
    }
}
