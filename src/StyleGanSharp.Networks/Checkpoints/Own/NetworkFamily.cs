using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.IO;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Checkpoints.Own;

/// <summary>A family of generators in network files.</summary>
/// <param name="name">Its name in the files.</param>
internal abstract class NetworkFamily(string name)
{
    public string Name { get; } = name;

    /// <summary>The options of a generator of this family as JSON; null: it is of another family.</summary>
    public abstract string? Options(IGenerator generator);

    /// <summary>Builds a generator from the options and tensors of a file.</summary>
    /// <exception cref="SnapshotException">They do not fit each other.</exception>
    public abstract IGenerator Build(string path, string options, SafetensorsSource file);

    /// <summary>What a file holds, from its options and its header; libtorch is not needed.</summary>
    /// <exception cref="SnapshotException">They do not fit each other.</exception>
    public abstract NetworkSummary Summarize(string path, string options, SafetensorsSource file);
}

/// <summary>What a family consists of.</summary>
/// <param name="name">Its name in the files.</param>
/// <param name="json">How its options are written.</param>
/// <param name="optionsOf">The options of a generator.</param>
/// <param name="create">Builds a generator.</param>
/// <param name="check">Refuses options that are out of bounds or do not fit the tensors.</param>
/// <param name="describe">Adds what the options say to a summary.</param>
internal sealed class NetworkFamily<TGenerator, TOptions>(
    string name, JsonTypeInfo<TOptions> json, Func<TGenerator, TOptions> optionsOf, Func<TOptions, TGenerator> create,
    Action<TOptions, StoredTensors> check, Func<NetworkSummary, TOptions, NetworkSummary> describe) : NetworkFamily(name)
    where TGenerator : Module, IGenerator
    where TOptions : class
{
    public override string? Options(IGenerator generator) =>
        generator is TGenerator own ? JsonSerializer.Serialize(optionsOf(own), json) : null;

    public override IGenerator Build(string path, string options, SafetensorsSource file)
    {
        TOptions parsed = Checked(path, options, file);
        TGenerator? generator = null;
        try
        {
            generator = create(parsed);
            generator.Load(file.Entries.ToDictionary(e => e.Key, e => e.Value.Shape), file.ReadInto);
            return generator;
        }
        catch (Exception e) when (e is LoadException or ArgumentException or NotSupportedException or TorchException or TorchOutOfMemoryException)
        {
            generator?.Dispose();
            throw new SnapshotException(path, $"the tensors do not fit the options: {e.Message.TrimEnd('.')}.", e);
        }
    }

    public override NetworkSummary Summarize(string path, string options, SafetensorsSource file)
    {
        TOptions parsed = Checked(path, options, file);
        return describe(OwnTensors.Summary(Name, file), parsed) with { Lod = OwnTensors.Lod(file) };
    }

    private TOptions Checked(string path, string options, SafetensorsSource file)
    {
        TOptions parsed = Parse(path, options);
        var stored = new StoredTensors(path, file.Entries);
        stored.AreReal();
        check(parsed, stored);
        return parsed;
    }

    private TOptions Parse(string path, string text)
    {
        try
        {
            TOptions options = JsonSerializer.Deserialize(text, json) ?? throw new JsonException("they are null");

            // All keys are asked for: what a file leaves out must not change its meaning when a default changes.
            using JsonDocument given = JsonDocument.Parse(text), whole = JsonDocument.Parse(JsonSerializer.Serialize(options, json));
            RequireKeys(path, given.RootElement, whole.RootElement);
            return options;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NotSupportedException or ArgumentException)
        {
            string problem = e is JsonException { Path: string place } ? $"the value at {place} is wrong or unknown" : "they are no JSON of this kind";
            throw new SnapshotException(path, $"the options of the network cannot be read: {problem}.", e);
        }
    }

    private static void RequireKeys(string path, JsonElement given, JsonElement whole)
    {
        foreach (JsonProperty expected in whole.EnumerateObject())
        {
            if (!given.TryGetProperty(expected.Name, out JsonElement found))
            {
                throw new SnapshotException(path, $"the option '{expected.Name}' of the network is missing.");
            }

            if (expected.Value.ValueKind == JsonValueKind.Object)
            {
                RequireKeys(path, found, expected.Value);
            }
        }
    }
}
