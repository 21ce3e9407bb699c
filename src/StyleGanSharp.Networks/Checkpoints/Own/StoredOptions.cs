using System.Collections.Immutable;
using System.Text.Json;

namespace StyleGanSharp.Networks.Checkpoints.Own;

/// <summary>
/// Reads the fields of an options record from a JSON object, strictly: what a file leaves out must not change its meaning when a
/// default changes, and what this version does not know may change everything.
/// </summary>
internal sealed class StoredOptions : OptionFields
{
    private readonly JsonElement json;
    private readonly string place;
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private string? missing;

    private StoredOptions(JsonElement json, string place)
    {
        (this.json, this.place) = (json, place);
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(place);
        }
    }

    /// <summary>The record of a text.</summary>
    /// <param name="text">From a file.</param>
    /// <param name="start">Any record of the kind.</param>
    /// <param name="list">Its fields.</param>
    /// <exception cref="OptionsProblem">The text is no record of this kind.</exception>
    internal static T Read<T>(string text, T start, Func<OptionFields, T, T> list)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return Read(document.RootElement, "$", start, list);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new OptionsProblem("they are not JSON of this kind");
        }
    }

    internal override int Count(string name, int value) => !Find(name, out JsonElement found) ? value
        : found.ValueKind == JsonValueKind.Number && found.TryGetInt32(out int count) ? count
        : throw Wrong(Place(name));

    internal override int? CountOrNull(string name, int? value) => IsNull(name) ? null : Count(name, 0);

    internal override int? CountOrNothing(string name, int? value)
    {
        known.Add(name);
        return json.TryGetProperty(name, out _) ? CountOrNull(name, value) : null;
    }

    internal override double Number(string name, double value) => Find(name, out JsonElement found) ? Number(found, name) : value;

    internal override double? NumberOrNull(string name, double? value) => IsNull(name) ? null : Number(name, 0);

    internal override bool Flag(string name, bool value) => !Find(name, out JsonElement found) ? value
        : found.ValueKind is JsonValueKind.True or JsonValueKind.False ? found.ValueKind == JsonValueKind.True
        : throw Wrong(Place(name));

    internal override ImmutableArray<double> Numbers(string name, ImmutableArray<double> value)
    {
        if (!Find(name, out JsonElement found))
        {
            return value;
        }

        if (found.ValueKind != JsonValueKind.Array)
        {
            throw Wrong(Place(name));
        }

        double[] numbers = new double[found.GetArrayLength()];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = Number(found[i], name);
        }

        return ImmutableArray.Create(numbers);
    }

    internal override T Inner<T>(string name, T value, Func<OptionFields, T, T> list) =>
        Find(name, out JsonElement found) ? Read(found, Place(name), value, list) : value;

    private protected override Enum Choice(string name, Enum value)
    {
        if (!Find(name, out JsonElement found))
        {
            return value;
        }

        string? text = found.ValueKind == JsonValueKind.String ? found.GetString() : null;

        // A number as text would be taken for the value of that number.
        return Enum.TryParse(value.GetType(), text, out object? choice) && choice!.ToString() == text
            ? (Enum)choice : throw Wrong(Place(name));
    }

    private static T Read<T>(JsonElement json, string place, T start, Func<OptionFields, T, T> list)
    {
        var fields = new StoredOptions(json, place);
        T read = list(fields, start);
        foreach (JsonProperty property in json.EnumerateObject())
        {
            if (!fields.known.Contains(property.Name))
            {
                throw Wrong(fields.Place(property.Name));
            }
        }

        return fields.missing is string name ? throw new OptionsProblem($"the option '{name}' is missing") : read;
    }

    // What is missing is told at the end: a misspelt name says more.
    private bool Find(string name, out JsonElement found)
    {
        known.Add(name);
        if (json.TryGetProperty(name, out found))
        {
            return true;
        }

        missing ??= name;
        return false;
    }

    private bool IsNull(string name) => Find(name, out JsonElement found) && found.ValueKind == JsonValueKind.Null;

    private double Number(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out double number) && double.IsFinite(number)
            ? number : throw Wrong(Place(name));

    private string Place(string name) => $"{place}.{name}";

    private static OptionsProblem Wrong(string place) => new($"the value at {place} is wrong or unknown");
}
