using StyleGanSharp.Benchmarking.Generators;
using StyleGanSharp.Cli.Benchmarks.Generators;
using StyleGanSharp.Networks;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Cli.Tests.Benchmarks;

/// <summary>
/// What <c>bench</c> measures, and what it refuses. The measurement of large networks takes minutes and is not repeated here.
/// </summary>
public sealed class BenchTests
{
    [Theory]
    [InlineData("progan-256", 256, 512, 1)]
    [InlineData("stylegan2-256", 256, 512, 14)]
    [InlineData("stylegan3-t-256", 256, 512, 16)]
    [InlineData("stylegan3-r-256", 256, 512, 16)]
    public void Subjects_are_of_the_official_size(string name, int size, int zDim, int numWs)
    {
        using var scope = new TensorScope();
        using IGenerator generator = BenchSubject.Find(name)!.Create(Initializer.ForLoading);
        Assert.Equal((size, size, zDim, numWs), (generator.Width, generator.Height, generator.ZDim, generator.NumWs));
    }

    [Fact]
    public void Names_of_subjects_are_on_the_help_page_and_others_are_snapshots()
    {
        string page = CommandLine.Succeed("bench", "--help").Results;
        Assert.All(BenchSubject.All, subject => Assert.Contains(subject.Name, page));
        Assert.Null(BenchSubject.Find("network.pkl"));
        Assert.Contains("exclude each other", CommandLine.Refuse("bench", "--network", "stylegan3-t-256", "--resolution", "64"));
    }

    [Fact]
    public void An_unknown_name_lists_the_names()
    {
        string sentence = CommandLine.Refuse("bench", "--network", "stylegan3-t-257");
        Assert.Contains("neither a file nor", sentence);
        Assert.All(BenchSubject.All, subject => Assert.Contains(subject.Name, sentence));
        Assert.Contains("stylegan2-64-ada", CommandLine.Refuse("bench", "train", "--workload", "stylegan2-65"));
        Assert.Contains("upfirdn2d_up", CommandLine.Refuse("bench", "operators", "--reference", "upfirdn"));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1,")]
    [InlineData("1025")]
    [InlineData("one")]
    public void An_impossible_batch_is_refused(string batch) =>
        Assert.Contains("is not a batch size", CommandLine.Refuse("bench", "--batch", batch));

    [Theory]
    [InlineData("bench", "--resolution", "48")]
    [InlineData("bench", "--resolution", "64", "--cbase", "32")]
    [InlineData("bench", "--cbase", "32")]
    [InlineData("bench", "--seconds", "0")]
    [InlineData("bench", "--seconds", "NaN")]
    [InlineData("bench", "--row", "--batch", "1")]
    [InlineData("bench", "operators", "--seconds", "-1")]
    [InlineData("bench", "loader", "--workers", "0")]
    [InlineData("bench", "loader", "--seconds", "3601")]
    [InlineData("bench", "start", "--runs", "0")]
    public void Impossible_options_are_refused(params string[] arguments) =>
        Assert.Contains(arguments[^2], CommandLine.Refuse(arguments));

    [Fact]
    public void Without_a_choice_the_rows_are_those_of_the_goals() => Assert.Equal(
        ["stylegan2-256 1", "stylegan2-256 8", "stylegan2-1024 1", "stylegan3-t-256 1", "stylegan3-r-256 1"], Rows(
            new BenchOptions()));

    [Fact]
    public void Networks_and_batches_can_be_chosen()
    {
        Assert.Equal(["progan-256 1", "progan-256 8"], Rows(new BenchOptions { Network = "progan-256" }));
        Assert.Equal(["progan-256 3"], Rows(new BenchOptions { Network = "progan-256", Batches = [3] }));
        Assert.Equal(BenchSubject.All.Select(s => $"{s.Name} 2"), Rows(new BenchOptions { Network = "all", Batches = [2] }));
        Assert.Equal(
            ["stylegan2-256 4", "stylegan2-1024 4", "stylegan3-t-256 4", "stylegan3-r-256 4"], Rows(
                new BenchOptions { Batches = [4] }));
        Assert.Equal(
            [["--resolution", "64", "--cmax", "32", "--cbase", "1024"]],
            new BenchOptions { Resolution = 64, ChannelMax = 32, ChannelBase = 1024, Batches = [1] }.Rows().Select(
                r => r.Choice));
    }

    private static IEnumerable<string> Rows(BenchOptions options) => options.Rows().Select(r => $"{r.Choice[1]} {r.Batch}");
}
