using System.Globalization;
using System.Text.Json;
using StyleGanSharp.Data.Datasets.Storage;

namespace StyleGanSharp.Data.Datasets;

/// <summary>
/// The file dataset.json: <c>{"labels": [[name, label], ...]}</c> or <c>{"labels": null}</c>, a label being a class number or a
/// list of numbers; optionally <c>"class_names": [...]</c>. What other tools write in its place and cannot be misunderstood is
/// read, too: the key <c>label</c>, an object <c>{name: label}</c> instead of the list or of the whole file, names with <c>./</c>
/// in front, and classes as 1.0. Other keys are left alone. Problems are <see cref="InvalidDataException"/> with a clause.
/// </summary>
internal sealed class LabelFile
{
    public const string Name = "dataset.json";

    /// <summary>The key under which this program says how a data set was made.</summary>
    public const string OriginKey = "created_with";

    /// <summary>Above this a class number is a mistake: its one-hot vector would fill the memory.</summary>
    public const int MaxClasses = 1 << 20;
    private const int MaxVector = 1 << 16;
    private const int MostNamed = 8;
    private const string NamesKey = "class_names";

    private readonly List<string> remarks = [];

    private LabelFile(JsonElement root)
    {
        JsonElement? list = Find(root);
        Labels = list is null ? null : ReadLabels(list.Value);
        ClassNames = root.ValueKind == JsonValueKind.Object ? ReadClassNames(root) : null;
    }

    /// <summary>Image name to label; null when there are none.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Labels { get; }

    public IReadOnlyList<string>? ClassNames { get; }

    /// <summary>What whoever uses the labels should know, one clause each; more after <see cref="For"/>.</summary>
    public IReadOnlyList<string> Remarks => remarks;

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
            throw new InvalidDataException($"is not valid JSON (line {exception.LineNumber + 1})", exception);
        }

        return new LabelFile(root);
    }

    /// <summary>The key of an image's label; null: it has none.</summary>
    /// <param name="name">Name of the image in its store.</param>
    /// <param name="root">
    /// The folder that the file of labels lies in, with a slash at its end; names may be relative to it or not.
    /// </param>
    public string? KeyOf(string name, string root = "") =>
        Labels is null ? null
        : name.StartsWith(root, StringComparison.Ordinal) && Labels.ContainsKey(name[root.Length..]) ? name[root.Length..]
        : Labels.ContainsKey(name) ? name
        : null;

    /// <summary>The labels of the named images, in their order.</summary>
    /// <param name="names">Names of the images in their store.</param>
    /// <param name="root">See <see cref="KeyOf"/>.</param>
    public DatasetLabels For(IReadOnlyList<string> names, string root = "")
    {
        if (Labels is null)
        {
            return DatasetLabels.None;
        }

        string?[] keys = [.. names.Select(n => KeyOf(n, root))];
        int missing = keys.Count(k => k is null);
        if (missing > 0)
        {
            throw new InvalidDataException(
                $"has no label for {missing} of {names.Count} images, such as '{names[Array.IndexOf(keys, null)]}': "
                + "its names have to be those of the images, relative to the data set and with '/'");
        }

        SayUnused(keys!);
        DatasetLabels labels = Labels[keys[0]!].ValueKind == JsonValueKind.Array ? Vectors(keys!) : Classes(keys!);
        if (EmptyClasses(labels) is string clause)
        {
            remarks.Add(clause);
        }

        return labels;
    }

    /// <summary>A label as this program writes it: classes as whole numbers.</summary>
    public static string Text(JsonElement label) =>
        label.ValueKind == JsonValueKind.Number && TryClass(label, out int number)
            ? number.ToString(CultureInfo.InvariantCulture) : label.GetRawText();

    /// <summary>Describes classes without images, as a clause; null: every class has images.</summary>
    public static string? EmptyClasses(DatasetLabels labels)
    {
        if (labels.Kind != LabelKind.Classes)
        {
            return null;
        }

        var seen = new bool[labels.Size];
        for (int i = 0; i < labels.Count; i++)
        {
            seen[labels.Class(i)] = true;
        }

        int[] empty = [.. Enumerable.Range(0, seen.Length).Where(c => !seen[c])];
        string advice = "a network would have labels that it never sees";
        return empty.Length == 0 ? null
            : empty is [0] ? $"numbers its classes from 1, so class 0 of {labels.Size} is empty, and {advice}: number them from 0"
            : $"leaves {empty.Length} of {labels.Size} classes without an image ({string.Join(", ", empty.Take(MostNamed))}"
                + $"{(empty.Length > MostNamed ? ", ..." : "")}), and {advice}: number the classes from 0 without gaps";
    }

    // The list or object of labels; null: the file says that there are none, or nothing of the kind.
    private JsonElement? Find(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Array && root.EnumerateArray().FirstOrDefault().ValueKind == JsonValueKind.Array)
        {
            return root;
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException("is not a JSON object with the key 'labels'");
        }

        JsonProperty[] found =
        [
            .. root.EnumerateObject().Where(
                p => p.Name.Equals("labels", StringComparison.OrdinalIgnoreCase)
                    || p.Name.Equals("label", StringComparison.OrdinalIgnoreCase)),
        ];
        if (found.Length > 1)
        {
            throw new InvalidDataException(
                $"has the keys '{found[0].Name}' and '{found[1].Name}': keep the one that is meant, as 'labels'");
        }

        if (found.Length == 1)
        {
            return found[0].Value.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.Array or JsonValueKind.Object => found[0].Value,
                _ => throw new InvalidDataException(
                    $"has '{found[0].Name}' that are neither null nor a list of [name, label] pairs"),
            };
        }

        if (root.EnumerateObject().Any(
            p => p.Value.ValueKind is JsonValueKind.Number or JsonValueKind.Array && FileStores.IsImage(Normalized(p.Name))))
        {
            return root;
        }

        if (!root.TryGetProperty(OriginKey, out _))
        {
            remarks.Add("has no key 'labels', so there are no labels");
        }

        return null;
    }

    private static Dictionary<string, JsonElement> ReadLabels(JsonElement list)
    {
        var labels = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (list.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty pair in list.EnumerateObject().Where(p => p.Name is not (NamesKey or OriginKey)))
            {
                Add(pair.Name, pair.Value);
            }

            return labels;
        }

        foreach (JsonElement pair in list.EnumerateArray())
        {
            if (pair.ValueKind != JsonValueKind.Array || pair.GetArrayLength() != 2 || pair[0].ValueKind != JsonValueKind.String)
            {
                throw new InvalidDataException($"has an entry in 'labels' that is not a [name, label] pair: {Shortened(pair)}");
            }

            Add(pair[0].GetString()!, pair[1]);
        }

        return labels;

        void Add(string name, JsonElement label)
        {
            name = Normalized(name);
            if (label.ValueKind != JsonValueKind.Null && !labels.TryAdd(name, label))
            {
                throw new InvalidDataException(
                    $"names '{name}' twice, with the labels {Shortened(labels[name])} and "
                        + $"{Shortened(label)}: remove the wrong entry");
            }
        }
    }

    // Separators of Windows, and a path that begins at the data set's own folder.
    private static string Normalized(string name)
    {
        name = name.Replace('\\', '/');
        while (name.StartsWith("./", StringComparison.Ordinal))
        {
            name = name[2..].TrimStart('/');
        }

        return name.TrimStart('/').Replace("/./", "/", StringComparison.Ordinal);
    }

    private static string[]? ReadClassNames(JsonElement root)
    {
        if (!root.TryGetProperty(NamesKey, out JsonElement list) || list.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(n => n.ValueKind == JsonValueKind.String)
            ? [.. list.EnumerateArray().Select(n => n.GetString()!)]
            : throw new InvalidDataException("has 'class_names' that are not a list of texts");
    }

    private void SayUnused(string[] keys)
    {
        if (keys.Length >= Labels!.Count)
        {
            return;
        }

        HashSet<string> used = [.. keys];
        string[] others = [.. Labels.Keys.Where(k => !used.Contains(k))];
        if (others.Length > 0)
        {
            remarks.Add($"names {others.Length} images that are not there, such as '{others[0]}'");
        }
    }

    private static bool TryClass(JsonElement label, out int number)
    {
        if (label.TryGetInt32(out number))
        {
            return true;
        }

        // 3.0 is a class as well.
        bool isWhole = label.TryGetDouble(out double value) && value == Math.Truncate(value) && Math.Abs(value) < MaxClasses;
        number = isWhole ? (int)value : -1;
        return isWhole;
    }

    private DatasetLabels Classes(IReadOnlyList<string> names)
    {
        var classes = new int[names.Count];
        for (int i = 0; i < classes.Length; i++)
        {
            JsonElement label = Labels![names[i]];
            if (label.ValueKind != JsonValueKind.Number || !TryClass(label, out classes[i]) || classes[i] is < 0 or >= MaxClasses)
            {
                throw new InvalidDataException(
                    $"gives '{names[i]}' the label {Shortened(label)}: the first image has a class, so all labels have to be "
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
                    $"gives '{names[i]}' the label {Shortened(label)}: the first image has {size} numbers, so all need as many");
            }

            int at = i * size;
            foreach (JsonElement number in label.EnumerateArray())
            {
                if (number.ValueKind != JsonValueKind.Number || !number.TryGetSingle(out vectors[at])
                    || !float.IsFinite(vectors[at]))
                {
                    throw new InvalidDataException($"gives '{names[i]}' a label with {Shortened(number)}, which is not a number");
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
