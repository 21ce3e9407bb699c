namespace StyleGanSharp.Metrics.Tests;

/// <summary>Names of metrics.</summary>
public sealed class MetricCatalogTests
{
    [Theory]
    [InlineData("fid50k_full", 50_000)]
    [InlineData("fid1500", 1500)]
    [InlineData("frechet5k", 5000)]
    [InlineData("kid20k_full", 20_000)]
    [InlineData("pr50k3_full", 50_000)]
    [InlineData("pr50003", 5000)]
    [InlineData("is50k", 50_000)]
    [InlineData("swd16k", 16_384)]
    [InlineData("msssim20k", 20_000)]
    [InlineData("ppl_zfull", 50_000)]
    [InlineData("ppl2_wend", 50_000)]
    [InlineData("ls", 200_000)]
    [InlineData("eqt50k_int", 50_000)]
    public void The_names_of_the_field_are_found(string name, int samples) =>
        Assert.Equal(samples, MetricCatalog.Find(name)!.ProtocolSamples);

    [Theory]
    [InlineData("fid")]
    [InlineData("fid0")]
    [InlineData("fid50k3")]
    [InlineData("is50k_full")]
    [InlineData("pr50k")]
    [InlineData("pr3")]
    [InlineData("ppl3_wend")]
    [InlineData("FID50k")]
    [InlineData("fid99999999")]
    [InlineData("")]
    public void Other_names_are_not(string name) => Assert.Null(MetricCatalog.Find(name));

    [Fact]
    public void All_are_found_by_their_names_which_are_unique()
    {
        Assert.Equal(MetricCatalog.All.Count, MetricCatalog.All.Select(m => m.Name).Distinct().Count());
        Assert.All(MetricCatalog.All, m => Assert.Equal(m.Name, MetricCatalog.Find(m.Name)?.Name));
        Assert.Superset(
            new HashSet<string>
            {
                "fid50k_full", "kid50k_full", "pr50k3_full", "ppl2_wend", "eqt50k_int", "eqt50k_frac", "eqr50k", "fid50k",
                "kid50k", "pr50k3", "is50k", "ppl_zfull", "ppl_wfull", "ppl_zend", "ppl_wend", "ls",
            },
            MetricCatalog.All.Select(m => m.Name).ToHashSet());
    }
}
