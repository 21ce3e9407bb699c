using System.Globalization;
using System.Text;

namespace StyleGanSharp.Metrics.Reports;

/// <summary>One line of a chart.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Points">From left to right; points that are not finite are left out.</param>
internal sealed record ChartLine(string Name, IReadOnlyList<(double X, double Y)> Points);

/// <summary>Lines over two axes as SVG, in the colours of the page it stands in, so that it is right by day and by night.</summary>
internal static class LineChart
{
    private const int Width = 640;
    private const int Height = 320;
    private const int Left = 56;
    private const int Bottom = 44;
    private const int Top = 12;
    private const int Right = 12;
    private const int Ticks = 5;

    /// <summary>Draws lines.</summary>
    internal static string Draw(string x, string y, IReadOnlyList<ChartLine> lines)
    {
        (double X, double Y)[] all =
        [
            .. lines.SelectMany(l => l.Points).Where(p => double.IsFinite(p.X) && double.IsFinite(p.Y)),
        ];
        if (all.Length == 0)
        {
            return "<p>There is nothing to draw.</p>";
        }

        (double left, double right) = Range(all.Min(p => p.X), all.Max(p => p.X));
        (double low, double high) = Range(all.Min(p => p.Y), all.Max(p => p.Y));
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{y} over {x}\">");
        for (int i = 0; i <= Ticks; i++)
        {
            double part = (double)i / Ticks;
            double atX = Left + (part * (Width - Left - Right)), atY = Height - Bottom - (part * (Height - Bottom - Top));
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{atY:0.#}\" y2=\"{atY:0.#}\"/>");
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<text x=\"{Left - 6}\" y=\"{atY + 4:0.#}\" text-anchor=\"end\">{low + (part * (high - low)):0.##}</text>");
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<text x=\"{atX:0.#}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{left + (part * (right - left)):0.##}</text>");
        }

        for (int i = 0; i < lines.Count; i++)
        {
            IEnumerable<string> points = lines[i].Points.Where(p => double.IsFinite(p.X) && double.IsFinite(p.Y)).Select(p =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Left + ((p.X - left) / (right - left) * (Width - Left - Right)):0.#},{Height - Bottom - ((p.Y - low) / (high - low) * (Height - Bottom - Top)):0.#}"));
            svg.Append(CultureInfo.InvariantCulture, $"<polyline class=\"line{i}\" points=\"{string.Join(' ', points)}\"/>");
        }

        svg.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{(Width + Left) / 2}\" y=\"{Height - 8}\" text-anchor=\"middle\">{x}</text>");
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<text transform=\"translate(12 {Height / 2}) rotate(-90)\" text-anchor=\"middle\">{y}</text></svg>");
        svg.Append("<p class=\"legend\">");
        for (int i = 0; i < lines.Count; i++)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<span class=\"key{i}\">{lines[i].Name}</span> ");
        }

        return svg.Append("</p>").ToString();
    }

    private static (double Low, double High) Range(double low, double high) => high > low ? (low, high) : (low - 0.5, high + 0.5);
}
