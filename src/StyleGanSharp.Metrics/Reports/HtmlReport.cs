using System.Globalization;
using System.Net;
using System.Text;
using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Metrics.Reports;

/// <summary>
/// Numbers and figures as one HTML page that holds everything it shows: to be kept and sent. It follows the reader's choice of
/// light or dark and loads nothing.
/// </summary>
public static class HtmlReport
{
    /// <summary>Writes the page.</summary>
    /// <param name="network">What was measured, for the title.</param>
    /// <param name="facts">What else is to be known: name and value.</param>
    /// <param name="results">The numbers.</param>
    /// <param name="figures">The figures.</param>
    /// <returns>UTF-8 text of the page.</returns>
    public static string Write(
        string network, IReadOnlyList<(string Name, string Value)> facts, IReadOnlyList<MetricResult> results, ReportFigures figures)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(figures);
        var page = new StringBuilder();
        string title = WebUtility.HtmlEncode(network);
        page.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append(CultureInfo.InvariantCulture, $"<title>{title}: metrics</title>\n<style>{Style}</style>\n")
            .Append("</head>\n<body>\n<main>\n")
            .Append(CultureInfo.InvariantCulture, $"<h1>{title}</h1>\n<dl>\n");
        foreach ((string name, string value) in facts)
        {
            page.Append(
                CultureInfo.InvariantCulture, $"<dt>{WebUtility.HtmlEncode(name)}</dt><dd>{WebUtility.HtmlEncode(value)}</dd>\n");
        }

        page.Append("</dl>\n");
        Numbers(page, results);
        Image(page, "Generated images", "Untruncated, the first seeds of the measurement.", figures.Generated);
        Image(page, "Truncated", "The same seeds at psi 0.7.", figures.Truncated);
        Image(page, "Real images", "The beginning of the data set.", figures.Reals);
        Image(
            page, "Nearest real images",
            $"Of {figures.Samples} generated images (above) those that come nearest to a real one (below). Copies would show here.",
            figures.Nearest);
        Spectra(page, figures);
        Truncation(page, figures);
        Details(page, results);
        return page.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static void Numbers(StringBuilder page, IReadOnlyList<MetricResult> results)
    {
        if (results.Count == 0)
        {
            return;
        }

        page.Append("<h2>Numbers</h2>\n<div class=\"wide\"><table>\n<thead><tr><th>metric</th><th>value</th><th>images</th>")
            .Append("<th>reals</th><th>psi</th><th>network</th><th>resize filter</th></tr></thead>\n<tbody>\n");
        foreach (MetricResult result in results)
        {
            string spread = result.Deviation is { } d ? string.Create(CultureInfo.InvariantCulture, $" ± {d:G3}") : "";
            page.Append(
                CultureInfo.InvariantCulture,
                $"<tr><td>{WebUtility.HtmlEncode(result.Metric)}</td><td>{Number(result.Value)}{spread} {result.Unit}</td>");
            page.Append(
                CultureInfo.InvariantCulture,
                $"<td>{result.Samples}</td><td>{result.Reals?.ToString(CultureInfo.InvariantCulture) ?? "–"}</td>");
            page.Append(
                CultureInfo.InvariantCulture,
                $"<td>{result.Psi:0.##}</td><td>{WebUtility.HtmlEncode(result.Detector ?? "pixels")}</td>");
            page.Append(
                CultureInfo.InvariantCulture, $"<td>{WebUtility.HtmlEncode(result.ResizeFilter ?? "–")}</td></tr>\n");
        }

        page.Append("</tbody>\n</table></div>\n")
            .Append("<p>Numbers can be compared where metric, feature space, resize filter and counts are equal.</p>\n");
    }

    private static string Number(double value) => value.ToString(
        Math.Abs(value) is >= 1e6 or (> 0 and < 1e-4) ? "0.###e0" : "G5", CultureInfo.InvariantCulture);

    private static void Details(StringBuilder page, IReadOnlyList<MetricResult> results)
    {
        foreach (MetricResult result in results.Where(r => r.Details.Count > 0))
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"<details><summary>{WebUtility.HtmlEncode(result.Metric)} in detail</summary><table><tbody>\n");
            foreach (MetricDetail detail in result.Details)
            {
                page.Append(
                    CultureInfo.InvariantCulture,
                    $"<tr><td>{WebUtility.HtmlEncode(detail.Name)}</td><td>{detail.Value:G4}</td></tr>\n");
            }

            page.Append("</tbody></table></details>\n");
        }
    }

    private static void Image(StringBuilder page, string title, string caption, ImageBuffer? image)
    {
        if (image is null)
        {
            return;
        }

        byte[] png = ImageFile.Encode(image, new ImageWriteOptions { Format = ImageFormat.Png });

        // Small images are shown twice as large, pixel by pixel.
        string size = image.Width < 640 ? $" width=\"{image.Width * 2}\" class=\"pixels\"" : "";
        page.Append(
            CultureInfo.InvariantCulture,
            $"<h2>{title}</h2>\n<figure><img{size} alt=\"{title}\" src=\"data:image/png;base64,{Convert.ToBase64String(png)}\">");
        page.Append(CultureInfo.InvariantCulture, $"<figcaption>{caption}</figcaption></figure>\n");
    }

    private static void Spectra(StringBuilder page, ReportFigures figures)
    {
        if (figures.Spectra.Count == 0)
        {
            return;
        }

        page.Append(CultureInfo.InvariantCulture, $"<h2>Average power spectra</h2>\n<figure>")
            .Append(LineChart.Draw("cycles a pixel", "dB", [.. figures.Spectra.Select(s => new ChartLine(
                s.Name, [.. s.Slice.Frequencies.Zip(s.Slice.Decibels)]))]))
            .Append(
                CultureInfo.InvariantCulture,
                $"<figcaption>Of {figures.Samples} images of each side, under a Kaiser window. Generated lines above the real ones at ")
            .Append("high frequencies are texture that sticks to pixels.</figcaption></figure>\n");
    }

    private static void Truncation(StringBuilder page, ReportFigures figures)
    {
        if (figures.Truncation.Count == 0)
        {
            return;
        }

        page.Append("<h2>Precision and recall by truncation</h2>\n<figure>")
            .Append(LineChart.Draw("psi", "share", [
                new ChartLine("precision: realism", [.. figures.Truncation.Select(t => (t.Psi, t.Value.Precision))]),
                new ChartLine("recall: variety", [.. figures.Truncation.Select(t => (t.Psi, t.Value.Recall))]),
            ]))
            .Append(
                CultureInfo.InvariantCulture,
                $"<figcaption>{figures.Samples} generated images at each psi; truncation trades variety for realism.")
            .Append("</figcaption></figure>\n");
    }

    // One neutral scale, one accent and its companions; contrast of text at least 4.5 to 1 in both schemes.
    private const string Style = """
        :root{color-scheme:light dark;--bg:#fff;--fg:#1c1e21;--dim:#5a6068;--rule:#dfe2e6;
          --a:#0b62c4;--b:#b4530a;--c:#1a7f4b;--d:#7b3fb0}
        @media(prefers-color-scheme:dark){:root{--bg:#16181b;--fg:#e8eaed;--dim:#a0a7b0;--rule:#34383e;
          --a:#6db3ff;--b:#f2a766;--c:#6fd39d;--d:#c79bf2}}
        body{margin:0;background:var(--bg);color:var(--fg);font:16px/1.5 system-ui,sans-serif}
        main{max-width:960px;margin:0 auto;padding:24px 16px 64px}
        h1{font-size:28px;margin:0 0 8px;overflow-wrap:anywhere}h2{font-size:20px;margin:40px 0 8px}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:0 16px;margin:0;color:var(--dim)}
        dd{margin:0;overflow-wrap:anywhere}
        .wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
        th,td{text-align:left;padding:6px 12px 6px 0;border-bottom:1px solid var(--rule);white-space:nowrap}
        th{color:var(--dim);font-weight:600}
        figure{margin:0}figcaption,p{color:var(--dim)}img{max-width:100%;height:auto;border-radius:8px}
        .pixels{image-rendering:pixelated}
        svg{width:100%;height:auto}svg text{fill:var(--dim);font-size:12px}
        .grid{stroke:var(--rule)}polyline{fill:none;stroke-width:2}
        .line0{stroke:var(--a)}.line1{stroke:var(--b)}.line2{stroke:var(--c)}.line3{stroke:var(--d)}
        .legend span{margin-right:16px}.key0{color:var(--a)}.key1{color:var(--b)}.key2{color:var(--c)}.key3{color:var(--d)}
        details{margin-top:16px}summary{cursor:pointer}
        """;
}
