using System.Xml.Linq;
using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Metrics.Reports;
using StyleGanSharp.Metrics.Samples;
using StyleGanSharp.Metrics.Spaces;
using StyleGanSharp.Metrics.Tests.Samples;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Tests.Reports;

/// <summary>The page of a measurement.</summary>
[WithTensorScope]
public sealed class HtmlReportTests
{
    private static readonly MetricResult Number = new("fid12<b>", 3.5, null, 12)
    {
        Detector = "quadrants & more",
        Deviation = 0.25,
        Details = [new MetricDetail("part", 7)],
    };

    [Fact]
    public void It_shows_numbers_images_neighbors_and_spectra_and_takes_nothing_from_elsewhere()
    {
        using ImageDataset dataset = ImageDataset.Open(Fixtures.Golden.Path("dataset/synthetic-32x32.zip"));
        using MetricSpaces spaces = MetricSpaces.Open(new MetricSpacesOptions { Detectors = [DetectorFile.Path] }, Device.Cpu);
        using var generator = new ReplayGenerator(dataset);
        ReportFigures figures = ReportFigures.Make(
            new MetricContext { Generator = generator, Reals = RealImages.Of(dataset), Spaces = spaces }, 40);
        Assert.Equal((256, 128, 3), (figures.Generated.Width, figures.Generated.Height, figures.Generated.Channels));
        Assert.NotNull(figures.Reals);
        Assert.Equal(4, figures.Spectra.Count);
        Assert.Null(figures.Truncated); // Nothing to truncate to.
        Assert.Empty(figures.Truncation);

        // Replayed images are their own neighbors: both rows of pairs are equal (40 images later the replay is where it was: 20 images).
        int row = figures.Nearest!.Width * 3;
        byte[] above = figures.Nearest.Pixels.AsSpan(0, 32 * row).ToArray();
        Assert.Equal(above, figures.Nearest.Pixels.AsSpan(34 * row, 32 * row).ToArray());
        Assert.True(above.Distinct().Count() > 10);

        string page = HtmlReport.Write("a <network>", [("seed", "0 & 1")], [Number], figures);
        Assert.Contains("a &lt;network&gt;", page);
        Assert.Contains("fid12&lt;b&gt;", page);
        Assert.Contains("3.5 ± 0.25", page);
        Assert.Contains("quadrants &amp; more", page);
        Assert.Equal(3, page.Split("data:image/png;base64,").Length - 1);
        Assert.Contains("<svg", page);
        Assert.DoesNotContain("http", page);
        Assert.DoesNotContain("<script", page);
        XDocument.Parse(page[page.IndexOf("<html", StringComparison.Ordinal)..]
            .Replace("<meta charset=\"utf-8\">", "", StringComparison.Ordinal)
            .Replace("initial-scale=1\">", "initial-scale=1\"/>", StringComparison.Ordinal)
            .Replace("\"><figcaption>", "\"/><figcaption>", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_real_images_it_shows_generated_ones()
    {
        using var generator = new FlatGenerator(0);
        ReportFigures figures = ReportFigures.Make(new MetricContext { Generator = generator }, 32);
        Assert.Null(figures.Reals);
        string page = HtmlReport.Write("flat", [], [], figures);
        Assert.Contains("Generated images", page);
        Assert.DoesNotContain("Numbers", page);
    }
}
