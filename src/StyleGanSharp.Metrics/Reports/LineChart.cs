using System.Globalization;
using System.Text;

namespace StyleGanSharp.Metrics.Reports;

/// <summary>One line of a chart.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Points">From left to right; points that are not finite are left out.</param>
internal sealed record ChartLine(string Name, IReadOnlyList<(double X, double Y)> Points);

/// <summary>
/// Lines over two axes as SVG, in the colours of the page around it, light or dark: a plotting library would fix the colours, and
/// bring a rasterizer of ten megabytes into the program.
/// </summary>
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

        (double left, double right, double stepX) = Range(all.Min(p => p.X), all.Max(p => p.X));
        (double low, double high, double stepY) = Range(all.Min(p => p.Y), all.Max(p => p.Y));
        double AtX(double value) => Left + ((value - left) / (right - left) * (Width - Left - Right));
        double AtY(double value) => Height - Bottom - ((value - low) / (high - low) * (Height - Bottom - Top));
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{y} over {x}\">");
        for (double tick = low; tick <= high + (stepY / 2); tick += stepY)
        {
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{AtY(tick):0.#}\" y2=\"{AtY(tick):0.#}\"/>");
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<text x=\"{Left - 6}\" y=\"{AtY(tick) + 4:0.#}\" text-anchor=\"end\">{Math.Round(tick, 6):0.##}</text>");
        }

        for (double tick = left; tick <= right + (stepX / 2); tick += stepX)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{AtX(tick):0.#}\" y=\"{Height - Bottom + 18}\" ")
                .Append(CultureInfo.InvariantCulture, $"text-anchor=\"middle\">{Math.Round(tick, 6):0.##}</text>");
        }

        for (int i = 0; i < lines.Count; i++)
        {
            IEnumerable<string> points = lines[i].Points.Where(p => double.IsFinite(p.X) && double.IsFinite(p.Y)).Select(p =>
                string.Create(CultureInfo.InvariantCulture, $"{AtX(p.X):0.#},{AtY(p.Y):0.#}"));
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

    // Limits at whole multiples of a step of 1, 2 or 5 times a power of ten, of which there are about so many as ticks.
    private static (double Low, double High, double Step) Range(double low, double high)
    {
        double rough = Math.Max(high - low, 1e-9) / Ticks, power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = power * ((rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
        double from = Math.Floor(low / step) * step, to = Math.Ceiling(high / step) * step;
        return (from, to > from ? to : from + step, step);
    }
}
