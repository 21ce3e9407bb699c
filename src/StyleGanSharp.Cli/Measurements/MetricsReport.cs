using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using StyleGanSharp.Cli.Output;
using StyleGanSharp.Metrics;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.Measurements;

/// <summary>What was measured, as a table or as JSON; each number with its detector, resize filter and count.</summary>
internal sealed class MetricsReport(MetricsOptions options, Device device, IReadOnlyList<MetricsRow> rows)
{
    private const string None = "none";

    // Paths keep their letters; nobody puts this output into a web page unescaped.
    private static readonly JsonWriterOptions Layout =
        new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A number with its unit.</summary>
    internal static string Format(MetricResult result) =>
        string.Create(CultureInfo.InvariantCulture, $"{Number(result.Value)}{Spread(result.Deviation)} {result.Unit}").TrimEnd();

    // Four digits that say something: distances go into the thousands, kernel distances begin with zeros.
    private static string Number(double value) => Math.Abs(value) switch
    {
        0 or >= 1 => value.ToString("0.00", CultureInfo.InvariantCulture),
        >= 0.001 => value.ToString("0.0000", CultureInfo.InvariantCulture),
        _ => value.ToString("0.###e-0", CultureInfo.InvariantCulture),
    };

    private static string Spread(double? deviation) => deviation is { } value ? $" ± {Number(value)}" : "";

    /// <summary>Whether all metrics could be measured.</summary>
    internal bool IsComplete => rows.Select(row => row.Metric).Distinct().Count() == options.Metrics.Count;

    internal void WriteTable(TextWriter output)
    {
        List<string[]> cells = [["metric", "value", "images", "reals", "detector", "resize filter", "seconds"]];
        cells.AddRange(rows.Select(row => (string[])
        [
            row.Result.Metric,
            Format(row.Result),
            row.Result.Samples.ToString(CultureInfo.InvariantCulture),
            row.Result.Reals?.ToString(CultureInfo.InvariantCulture) ?? None,
            row.Result.Detector ?? None,
            row.Result.ResizeFilter ?? None,
            row.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture),
        ]));
        PlainTable.Write(output, cells, 1, 2, 3, 6);
    }

    internal void WriteJson(TextWriter output)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Layout))
        {
            json.WriteStartObject();
            json.WriteString("network", options.Network);
            json.WriteString("device", device.ToString());
            json.WriteNumber("seed", options.Seed);
            if (options.Batch is { } batch)
            {
                json.WriteNumber("batch", batch);
            }
            else
            {
                json.WriteNull("batch");
            }

            json.WriteNumber("psi", options.Psi);
            json.WriteStartArray("results");
            foreach (MetricsRow row in rows)
            {
                WriteRow(json, row);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
    }

    private static void WriteRow(Utf8JsonWriter json, MetricsRow row)
    {
        json.WriteStartObject();
        json.WriteString("metric", row.Result.Metric);
        json.WriteString("description", row.Metric.Description);

        // JSON has no infinity, which the ratio of identical images is.
        if (double.IsFinite(row.Result.Value))
        {
            json.WriteNumber("value", row.Result.Value);
        }
        else
        {
            json.WriteNull("value");
        }

        json.WriteString("unit", row.Result.Unit);
        json.WriteNumber("images", row.Result.Samples);
        json.WriteNumber("protocol_images", row.Metric.ProtocolSamples);
        json.WriteString("detector", row.Result.Detector);
        json.WriteString("resize_filter", row.Result.ResizeFilter);
        json.WriteNumber("seconds", Math.Round(row.Elapsed.TotalSeconds, 3));
        if (row.Result.Reals is { } reals)
        {
            json.WriteNumber("reals", reals);
        }

        if (row.Result.Deviation is { } deviation && double.IsFinite(deviation))
        {
            json.WriteNumber("deviation", deviation);
        }

        json.WriteString("better", row.Metric.Better switch
        {
            MetricDirection.Lower => "lower",
            MetricDirection.Higher => "higher",
            _ => "near_reals",
        });
        if (row.Result.Details.Count > 0)
        {
            json.WriteStartObject("details");
            foreach (MetricDetail detail in row.Result.Details.Where(d => double.IsFinite(d.Value)))
            {
                json.WriteNumber(detail.Name, detail.Value);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
