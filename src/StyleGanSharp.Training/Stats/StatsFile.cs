using System.Text;
using System.Text.Json;

namespace StyleGanSharp.Training.Stats;

/// <summary>
/// stats.jsonl: one JSON object a tick, name to number of samples, mean and standard deviation, as in the field's tools.
/// </summary>
public static class StatsFile
{
    private const string KimgName = "Progress/kimg";

    /// <summary>One line of the file, without its end.</summary>
    /// <param name="values">Quantities.</param>
    /// <param name="timestamp">Seconds since 1970.</param>
    public static string Line(IEnumerable<KeyValuePair<string, Moments>> values, double timestamp)
    {
        ArgumentNullException.ThrowIfNull(values);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach ((string name, Moments moments) in values)
            {
                json.WriteStartObject(name);
                json.WriteNumber("num", moments.Count);
                Write(json, "mean", moments.Mean);
                Write(json, "std", moments.Deviation);
                json.WriteEndObject();
            }

            json.WriteNumber("timestamp", timestamp);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>
    /// Removes the lines beyond a point: a run that was killed after its last state repeats those ticks. Lines that cannot be
    /// read (the last one of a killed run) go too.
    /// </summary>
    /// <param name="path">The file; it need not exist.</param>
    /// <param name="images">Images of the state that the run continues from.</param>
    public static void CutAfter(string path, long images)
    {
        if (!File.Exists(path))
        {
            return;
        }

        string[] kept = [.. File.ReadLines(path).Where(line => Images(line) is long at && at <= images)];
        File.WriteAllText(path, string.Concat(kept.Select(line => line + "\n")));
    }

    // JSON has no NaN; a quantity that was not reported is null.
    private static void Write(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static long? Images(string line)
    {
        try
        {
            using JsonDocument parsed = JsonDocument.Parse(line);
            return (long)Math.Round(parsed.RootElement.GetProperty(KimgName).GetProperty("mean").GetDouble() * 1000);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
