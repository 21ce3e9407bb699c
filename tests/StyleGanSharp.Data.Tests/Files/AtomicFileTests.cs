using StyleGanSharp.Data.Files;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Data.Tests.Files;

public sealed class AtomicFileTests
{
    [Fact]
    public void Failure_keeps_the_old_content_and_removes_the_temporary_file()
    {
        using var folder = new TemporaryFolder();
        AtomicFile.WriteAllBytes(folder["a"], [1, 2]);
        Assert.Throws<IOException>(() => AtomicFile.Write(folder["a"], stream =>
        {
            stream.Write([9, 9, 9]);
            Assert.Equal(2, folder.Names.Length);
            Assert.StartsWith("a.tmp-", folder.Names[1], StringComparison.Ordinal);
            throw new IOException("stop");
        }));
        Assert.Equal([1, 2], File.ReadAllBytes(folder["a"]));
        Assert.Equal(["a"], folder.Names);
    }

    [Fact]
    public void Readers_see_whole_files_only()
    {
        using var folder = new TemporaryFolder();
        AtomicFile.WriteAllBytes(folder["a"], new byte[1000]);
        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            if (i % 2 == 0)
            {
                AtomicFile.WriteAllBytes(folder["a"], [.. Enumerable.Repeat((byte)i, 1000)]);
            }
            else
            {
                byte[] content = File.ReadAllBytes(folder["a"]);
                Assert.Equal(1000, content.Length);
                Assert.Single(content.Distinct());
            }
        });
        Assert.Equal(["a"], folder.Names);
    }
}
