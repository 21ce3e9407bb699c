using System.Text.Json;

namespace StyleGanSharp.Recipes.Curves;

/// <summary>The means of stats.jsonl, by name, over thousands of images.</summary>
/// <param name="kimg">Thousands of images at the ends of the ticks, [ticks].</param>
/// <param name="means">Means by name, [ticks]; NaN where a tick has none.</param>
internal sealed class RunStatistics(IReadOnlyList<double> kimg, IReadOnlyDictionary<string, double[]> means)
{
    private const string KimgName = "Progress/kimg";
    private const long MaxBytes = 1 << 28;

    internal IReadOnlyList<double> Kimg => kimg;

    /// <summary>Means of a quantity; null: the run has none.</summary>
    internal double[]? Means(string name) => means.GetValueOrDefault(name);

    /// <summary>Reads the file; a line that is not whole, the last one of a run that goes on, is left out.</summary>
    /// <exception cref="RecipeException">There is no file, or it holds no statistics.</exception>
    internal static RunStatistics Read(string path)
    {
        if (!File.Exists(path) || new FileInfo(path).Length > MaxBytes)
        {
            throw new RecipeException(
                $"{path} does not exist or is larger than {MaxBytes >> 20} MiB: name the folder of a training run.");
        }

        List<Dictionary<string, double>> ticks = [.. File.ReadLines(path).Select(Parse).OfType<Dictionary<string, double>>()];
        if (ticks.Count == 0)
        {
            throw new RecipeException($"{path} holds no statistics: let the run finish its first tick.");
        }

        return new RunStatistics(
            [.. ticks.Select(t => t[KimgName])],
            ticks.SelectMany(t => t.Keys).Distinct().ToDictionary(
                name => name, name => ticks.Select(t => t.GetValueOrDefault(name, double.NaN)).ToArray()));
    }

    private static Dictionary<string, double>? Parse(string line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            var values = new Dictionary<string, double>();
            foreach (JsonProperty entry in document.RootElement.EnumerateObject())
            {
                if (entry.Value.ValueKind == JsonValueKind.Object && entry.Value.TryGetProperty("mean", out JsonElement mean)
                    && mean.ValueKind == JsonValueKind.Number && mean.TryGetDouble(out double value))
                {
                    values[entry.Name] = value;
                }
            }

            return values.TryGetValue(KimgName, out double at) && double.IsFinite(at) ? values : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
