using System.Globalization;
using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Recipes.Curves;

/// <summary>Statistics of a run as a picture: one panel under the other over the same thousands of images.</summary>
internal static class CurvePicture
{
    private const int Width = 900;
    private const int PanelHeight = 220;
    private const int Left = 70;
    private const int Right = 20;
    private const int Above = 28;
    private const int Below = 26;
    private const int MaxTicksX = 10;
    private const int MaxTicksY = 5;

    private static readonly RgbColor Ink = RgbColor.Black;
    private static readonly RgbColor GridLine = new(225, 225, 225);
    private static readonly RgbColor[] Colors = [new(31, 119, 180), new(214, 39, 40)];

    private static readonly (string Title, (string Label, string Name)[] Lines)[] Panels =
    [
        ("LOSS", [("G", "Loss/G/loss"), ("D", "Loss/D/loss")]),
        ("SCORES OF D", [("REAL", "Loss/scores/real"), ("FAKE", "Loss/scores/fake")]),
        ("SIGNS OF D", [("REAL", "Loss/signs/real"), ("FAKE", "Loss/signs/fake")]),
        ("R1 PENALTY", [("R1", "Loss/r1_penalty")]),
    ];

    internal static ImageBuffer Draw(RunStatistics statistics)
    {
        var canvas = new Canvas(Width, Panels.Length * PanelHeight);
        for (int i = 0; i < Panels.Length; i++)
        {
            DrawPanel(canvas, i * PanelHeight, Panels[i].Title, Panels[i].Lines, statistics);
        }

        return canvas.Picture;
    }

    private static void DrawPanel(
        Canvas canvas, int top, string title, (string Label, string Name)[] lines, RunStatistics statistics)
    {
        double[][] series = [.. lines.Select(l => statistics.Means(l.Name) ?? [])];
        Axis x = Axis.Over(statistics.Kimg.Prepend(0), Left, Width - Right);
        Axis y = Axis.Over(series.SelectMany(s => s), top + PanelHeight - Below, top + Above);
        DrawGrid(canvas, x, y);
        canvas.Text(Left, top + 10, title, Ink);
        int legend = Left + Canvas.TextWidth(title) + 30;
        for (int i = 0; i < lines.Length; i++)
        {
            canvas.Fill(legend, top + 14, 18, 3, Colors[i]);
            canvas.Text(legend + 24, top + 10, lines[i].Label, Ink);
            legend += 24 + Canvas.TextWidth(lines[i].Label) + 24;
            DrawLine(canvas, x, y, statistics.Kimg, series[i], Colors[i]);
        }
    }

    private static void DrawGrid(Canvas canvas, Axis x, Axis y)
    {
        foreach (double value in x.Ticks(MaxTicksX))
        {
            string label = Label(value);
            canvas.Fill((int)x.Pixel(value), (int)y.End, 1, (int)(y.Begin - y.End), GridLine);
            canvas.Text((int)x.Pixel(value) - (Canvas.TextWidth(label) / 2), (int)y.Begin + 6, label, Ink);
        }

        foreach (double value in y.Ticks(MaxTicksY))
        {
            string label = Label(value);
            canvas.Fill((int)x.Begin, (int)y.Pixel(value), (int)(x.End - x.Begin), 1, GridLine);
            canvas.Text((int)x.Begin - 6 - Canvas.TextWidth(label), (int)y.Pixel(value) - (Canvas.TextHeight / 2), label, Ink);
        }

        canvas.Fill((int)x.Begin, (int)y.End, 1, (int)(y.Begin - y.End), Ink);
        canvas.Fill((int)x.Begin, (int)y.Begin, (int)(x.End - x.Begin), 1, Ink);
        canvas.Text(8, (int)y.Begin + 6, "KIMG", Ink);
    }

    // A tick without a value leaves a gap; a value between two gaps is a point.
    private static void DrawLine(Canvas canvas, Axis x, Axis y, IReadOnlyList<double> kimg, double[] values, RgbColor color)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (double.IsFinite(values[i]))
            {
                int from = i > 0 && double.IsFinite(values[i - 1]) ? i - 1 : i;
                canvas.Line(x.Pixel(kimg[from]), y.Pixel(values[from]), x.Pixel(kimg[i]), y.Pixel(values[i]), color);
            }
        }
    }

    private static string Label(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
