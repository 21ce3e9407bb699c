using ScottPlot;
using SkiaSharp;
using StyleGanSharp.Data.Images;
using PlotFormat = ScottPlot.ImageFormat;

namespace StyleGanSharp.Recipes.Curves;

/// <summary>Statistics of a run as an image: one panel under the other over the same thousands of images.</summary>
internal static class CurvePicture
{
    private const int Width = 900;
    private const int PanelHeight = 260;
    private const float LineWidth = 2;

    private static readonly Color[] Colors = [new(31, 119, 180), new(214, 39, 40)];

    private static readonly (string Title, (string Label, string Name)[] Lines)[] Panels =
    [
        ("loss", [("G", "Loss/G/loss"), ("D", "Loss/D/loss")]),
        ("scores of D", [("real", "Loss/scores/real"), ("fake", "Loss/scores/fake")]),
        ("signs of D", [("real", "Loss/signs/real"), ("fake", "Loss/signs/fake")]),
        ("R1 penalty", [("R1", "Loss/r1_penalty")]),
    ];

    /// <exception cref="RecipeException">The machine has no font.</exception>
    internal static ImageBuffer Draw(RunStatistics statistics)
    {
        if (SKFontManager.Default.FontFamilyCount == 0)
        {
            // Skia would leave all labels out without a word.
            throw new RecipeException(
                "The machine has no font for the labels of the curves: install one, such as the package fonts-dejavu-core.");
        }

        return ImageGrid.Compose([.. Panels.Select(p => Panel(p.Title, p.Lines, statistics))], 1, Panels.Length);
    }

    private static ImageBuffer Panel(string title, (string Label, string Name)[] lines, RunStatistics statistics)
    {
        using var plot = new Plot();
        plot.Title(title);
        plot.XLabel("kimg");
        for (int i = 0; i < lines.Length; i++)
        {
            double[] values = statistics.Means(lines[i].Name) ?? [];
            AddLine(plot, lines[i].Label, statistics.Kimg, values, Colors[i]);
        }

        plot.Axes.SetLimitsX(0, Math.Max(statistics.Kimg.Max(), 0.001));
        plot.ShowLegend(Alignment.UpperRight, Orientation.Horizontal);
        byte[] png = plot.GetImageBytes(Width, PanelHeight, PlotFormat.Png);
        return ImageFile.Decode(png, new ImageReadOptions { Channels = 3, Background = RgbColor.White });
    }

    // A tick without a value leaves a gap; a value between two gaps is a point.
    private static void AddLine(Plot plot, string label, IReadOnlyList<double> kimg, double[] values, Color color)
    {
        for (int start = 0; start < values.Length;)
        {
            int end = start;
            while (end < values.Length && double.IsFinite(values[end]))
            {
                end++;
            }

            if (end > start)
            {
                var part = plot.Add.Scatter(kimg.Take(start..end).ToArray(), values[start..end], color);
                part.LineWidth = LineWidth;
                part.MarkerSize = end - start == 1 ? 2 * LineWidth : 0;
                part.LegendText = label;
                label = "";   // One entry of the legend for all parts.
            }

            start = end + 1;
        }
    }
}
