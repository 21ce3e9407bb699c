using StyleGanSharp.Testing;
using StyleGanSharp.Torch.Cuda;

namespace StyleGanSharp.Torch.Tests.Cuda;

public sealed class CudaCodeCacheTests : IDisposable
{
    private static readonly CudaSource Source = new("kernel", "text", "--option");
    private static readonly CudaTarget Target = new(80, true);
    private static readonly Version Compiler = new(12, 4);
    private static readonly byte[] Code = [.. Enumerable.Range(0, 1000).Select(i => (byte)i)];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_was_written_is_read_again_by_its_key_alone()
    {
        var cache = new CudaCodeCache(folder["deep/er"]);
        byte[] key = CudaCodeCache.Key(Source, Target, Compiler, 12040);
        Assert.Null(cache.Read("kernel", key));
        Assert.True(cache.Write("kernel", key, Code));
        Assert.Equal(Code, cache.Read("kernel", key));
        Assert.True(cache.Write("kernel", key, Code.AsSpan(1)));
        Assert.Equal(Code[1..], cache.Read("kernel", key));
        Assert.Single(Directory.GetFiles(folder["deep/er"])); // No part of a file is left.

        // Another key whose file has the same name is a foreign one.
        byte[] other = [.. key[..8], .. new byte[24]];
        Assert.Null(cache.Read("kernel", other));
    }

    [Fact]
    public void Everything_that_the_code_depends_on_changes_the_key()
    {
        byte[][] keys =
        [
            CudaCodeCache.Key(Source, Target, Compiler, 12040),
            CudaCodeCache.Key(new CudaSource("kernel", "text--option"), Target, Compiler, 12040),
            CudaCodeCache.Key(new CudaSource("kernel", "text", "--options"), Target, Compiler, 12040),
            CudaCodeCache.Key(Source, new CudaTarget(80, false), Compiler, 12040),
            CudaCodeCache.Key(Source, new CudaTarget(90, true), Compiler, 12040),
            CudaCodeCache.Key(Source, Target, new Version(12, 5), 12040),
            CudaCodeCache.Key(Source, Target, Compiler, 12050),
        ];
        Assert.Equal(keys.Length, keys.Select(Convert.ToHexString).Distinct().Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(72)]
    [InlineData(500)]
    [InlineData(1071)]
    public void A_damaged_file_is_as_good_as_absent_and_written_anew(int place)
    {
        var cache = new CudaCodeCache(folder.Path);
        byte[] key = CudaCodeCache.Key(Source, Target, Compiler, 12040);
        cache.Write("kernel", key, Code);
        string file = Directory.GetFiles(folder.Path).Single();
        byte[] whole = File.ReadAllBytes(file), damaged = [.. whole];
        damaged[place] ^= 1;
        File.WriteAllBytes(file, damaged);
        Assert.Null(cache.Read("kernel", key));
        File.WriteAllBytes(file, whole[..place]);
        Assert.Null(cache.Read("kernel", key));
        Assert.True(cache.Write("kernel", key, Code));
        Assert.Equal(Code, cache.Read("kernel", key));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_keeps_nothing()
    {
        File.WriteAllText(folder["file"], "");
        var cache = new CudaCodeCache(folder["file/below"]);
        byte[] key = CudaCodeCache.Key(Source, Target, Compiler, 12040);
        Assert.False(cache.Write("kernel", key, Code));
        Assert.Null(cache.Read("kernel", key));
    }
}
