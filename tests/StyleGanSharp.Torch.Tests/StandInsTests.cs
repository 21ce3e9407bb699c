using System.Globalization;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch.Interop;

namespace StyleGanSharp.Torch.Tests;

/// <summary>The list beside the shim, and what happens where it is of no use.</summary>
public sealed class StandInsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Libtorch => folder["libtorch_cpu.so"];

    private string List => Path.Combine(folder["standins"], "libraries.txt");

    [Fact]
    public void The_names_hold_for_one_libtorch()
    {
        WriteList("liba.so.1", "libb.so.2");
        Assert.Equal(["liba.so.1", "libb.so.2"], StandIns.ReadNames(List));
        File.AppendAllText(Libtorch, "another build");
        Assert.Empty(StandIns.ReadNames(List));
    }

    [Fact]
    public void A_libtorch_of_another_time_is_another()
    {
        WriteList("liba.so.1");
        File.SetLastWriteTimeUtc(Libtorch, File.GetLastWriteTimeUtc(Libtorch).AddSeconds(2));
        Assert.Empty(StandIns.ReadNames(List));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/nowhere/libtorch_cpu.so")]
    [InlineData("/nowhere/libtorch_cpu.so\n5\n5\nliba.so")]
    [InlineData("\n\n\n")]
    public void Half_a_list_names_nothing(string text)
    {
        Directory.CreateDirectory(folder["standins"]);
        File.WriteAllText(List, text);
        Assert.Empty(StandIns.ReadNames(List));
    }

    [Fact]
    public void No_list_names_nothing() => Assert.Empty(StandIns.LoadBeside(folder["libstylegan_torch.so"]).Names);

    [Fact]
    public void A_library_that_cannot_be_loaded_takes_all_back()
    {
        WriteList("liba.so.1");
        File.WriteAllText(Path.Combine(folder["standins"], "liba.so.1"), "no library");
        Assert.Empty(StandIns.LoadBeside(folder["libstylegan_torch.so"]).Names);
    }

    public void Dispose() => folder.Dispose();

    private void WriteList(params string[] names)
    {
        File.WriteAllText(Libtorch, "a library");
        Directory.CreateDirectory(folder["standins"]);
        long time = new DateTimeOffset(File.GetLastWriteTimeUtc(Libtorch)).ToUnixTimeSeconds();
        File.WriteAllLines(List, [Libtorch, "9", time.ToString(CultureInfo.InvariantCulture), .. names]);
    }
}
