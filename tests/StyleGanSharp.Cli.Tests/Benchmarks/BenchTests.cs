using StyleGanSharp.Cli.Benchmarks;
using StyleGanSharp.Networks;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Cli.Tests.Benchmarks;

/// <summary>What <c>bench</c> measures, and what it refuses. The measurement itself takes minutes and is not repeated here.</summary>
public sealed class BenchTests
{
    [Fact]
    public void StyleGan3_has_a_subject_of_the_official_size()
    {
        using var scope = new TensorScope();
        BenchSubject subject = BenchSubject.Find("stylegan3-t-256")!;
        using IGenerator generator = subject.Create(Initializer.ForLoading);
        Assert.Equal((256, 256, 16, 512), (generator.Width, generator.Height, generator.NumWs, generator.ZDim));
        Assert.True(Arithmetic.GflopPerImage(generator) > 10);
    }

    [Fact]
    public void Names_of_subjects_are_on_the_help_page_and_others_are_snapshots()
    {
        string page = CommandLine.Succeed("bench", "--help").Results;
        Assert.All(BenchSubject.All, subject => Assert.Contains(subject.Name, page));
        Assert.Null(BenchSubject.Find("network.pkl"));
        Assert.Contains("exclude each other", CommandLine.Refuse("bench", "--network", "stylegan3-t-256", "--resolution", "64"));
        Assert.Contains("neither a file nor", CommandLine.Refuse("bench", "--network", "stylegan3-t-257"));
    }
}
