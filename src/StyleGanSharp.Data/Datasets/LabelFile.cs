using System.Text.Json;

namespace StyleGanSharp.Data.Datasets;

/// <summary>
/// The file dataset.json: <c>{"labels": [[name, label], ...]}</c> or <c>{"labels": null}</c>, a label being a class number or a list of
/// numbers; optionally <c>"class_names": [...]</c>. Other keys are left alone. Problems are <see cref="InvalidDataException"/> with
/// a clause.
/// </summary>
internal sealed class LabelFile
{
    public const string Name = "dataset.json";

    /// <summary>Above this a class number is a mistake: its one-hot vector would fill the memory.</summary>
    public const int MaxClasses = 1 << 20;
    private const int MaxVector = 1 << 16;

    private LabelFile(Dictionary<string, JsonElement>? labels, IReadOnlyList<string>? classNames)
    {
        Labels = labels;
        ClassNames = classNames;
    }

    /// <summary>Picture name to label; null when there are none.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Labels { get; }

    public IReadOnlyList<string>? ClassNames { get; }

    public static LabelFile Parse(ReadOnlySpan<byte> json)
    {
        JsonElement root;
        try
        {
            var reader = new Utf8JsonReader(json.StartsWith("\uFEFF"u8) ? json[3..] : json);
            root = JsonElement.ParseValue(ref reader);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"is no valid JSON (line {exception.LineNumber + 1})", exception);
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException("is no JSON object with the key 'labels'");
        }

        return new LabelFile(ReadLabels(root), ReadClassNames(root));
    }

    /// <summary>The labels of the named pictures, in their order.</summary>
    public DatasetLabels For(IReadOnlyList<string> names)
    {
        if (Labels is null)
        {
            return DatasetLabels.None;
        }

        int missing = names.Count(n => !Labels.ContainsKey(n));
        if (missing > 0)
        {
            throw new InvalidDataException(
                $"has no label for {missing} of {names.Count} pictures, such as '{names.First(n => !Labels.ContainsKey(n))}': "
                + "its names have to be those of the pictures, relative to the data set and with '/'");
        }

        return Labels[names[0]].ValueKind == JsonValueKind.Array ? Vectors(names) : Classes(names);
    }

    private static Dictionary<string, JsonElement>? ReadLabels(JsonElement root)
    {
        if (!root.TryGetProperty("labels", out JsonElement list) || list.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (list.ValueKind != JsonValueKind.Array)
        {
            throw new InvalidDataException("has 'labels' that are neither null nor a list of [name, label] pairs");
        }

        var labels = new Dictionary<string, JsonElement>(list.GetArrayLength(), StringComparer.Ordinal);
        foreach (JsonElement pair in list.EnumerateArray())
        {
            if (pair.ValueKind != JsonValueKind.Array || pair.GetArrayLength() != 2 || pair[0].ValueKind != JsonValueKind.String)
            {
                throw new InvalidDataException($"has an entry in 'labels' that is no [name, label] pair: {Shortened(pair)}");
            }

            labels[pair[0].GetString()!.Replace('\\', '/')] = pair[1];
        }

        return labels;
    }

    private static string[]? ReadClassNames(JsonElement root)
    {
        if (!root.TryGetProperty("class_names", out JsonElement list) || list.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(n => n.ValueKind == JsonValueKind.String)
            ? [.. list.EnumerateArray().Select(n => n.GetString()!)]
            : throw new InvalidDataException("has 'class_names' that are no list of texts");
    }

    private DatasetLabels Classes(IReadOnlyList<string> names)
    {
        var classes = new int[names.Count];
        for (int i = 0; i < classes.Length; i++)
        {
            JsonElement label = Labels![names[i]];
            if (label.ValueKind != JsonValueKind.Number || !label.TryGetInt32(out classes[i]) || classes[i] is < 0 or >= MaxClasses)
            {
                throw new InvalidDataException(
                    $"gives '{names[i]}' the label {Shortened(label)}: the first picture has a class, so all labels have to be "
                    + $"whole numbers from 0 to {MaxClasses - 1}");
            }
        }

        int count = classes.Max() + 1;
        if (ClassNames is not null && ClassNames.Count < count)
        {
            throw new InvalidDataException($"has {ClassNames.Count} 'class_names' for {count} classes");
        }

        return DatasetLabels.OfClasses(classes, ClassNames);
    }

    private DatasetLabels Vectors(IReadOnlyList<string> names)
    {
        int size = Labels![names[0]].GetArrayLength();
        if (size is 0 or > MaxVector || (long)size * names.Count > Array.MaxLength)
        {
            throw new InvalidDataException($"has label vectors of {size} numbers; 1 to {MaxVector} are possible");
        }

        var vectors = new float[size * names.Count];
        for (int i = 0; i < names.Count; i++)
        {
            JsonElement label = Labels[names[i]];
            if (label.ValueKind != JsonValueKind.Array || label.GetArrayLength() != size)
            {
                throw new InvalidDataException(
                    $"gives '{names[i]}' the label {Shortened(label)}: the first picture has {size} numbers, so all need as many");
            }

            int at = i * size;
            foreach (JsonElement number in label.EnumerateArray())
            {
                if (number.ValueKind != JsonValueKind.Number || !number.TryGetSingle(out vectors[at]) || !float.IsFinite(vectors[at]))
                {
                    throw new InvalidDataException($"gives '{names[i]}' a label with {Shortened(number)}, which is no number");
                }

                at++;
            }
        }

        return DatasetLabels.OfVectors(vectors, size);
    }

    private static string Shortened(JsonElement element)
    {
        string text = element.GetRawText();
        return text.Length <= 40 ? text : $"{text[..40]}...";
    }
}
