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

    /// <summary>Holds the options of a file against its header; libtorch is not needed.</summary>
    /// <exception cref="SnapshotException">They do not fit each other.</exception>
    public abstract void Check(string path, string options, SafetensorsSource file);

    /// <summary>What a file holds, from its options and its header; libtorch is not needed.</summary>
    /// <exception cref="SnapshotException">They do not fit each other.</exception>
    public abstract NetworkSummary Summarize(string path, string options, SafetensorsSource file);
}

/// <summary>What a family consists of.</summary>
/// <param name="name">Its name in the files.</param>
/// <param name="start">Any options: what the fields are read into.</param>
/// <param name="fields">The fields of its options.</param>
/// <param name="optionsOf">The options of a generator.</param>
/// <param name="create">Builds a generator.</param>
/// <param name="check">Refuses options that are out of bounds or do not fit the tensors.</param>
/// <param name="describe">Adds what the options say to a summary.</param>
internal sealed class NetworkFamily<TGenerator, TOptions>(
    string name, TOptions start, Func<OptionFields, TOptions, TOptions> fields, Func<TGenerator, TOptions> optionsOf, Func<TOptions, TGenerator> create,
    Action<TOptions, StoredTensors> check, Func<NetworkSummary, TOptions, NetworkSummary> describe) : NetworkFamily(name)
    where TGenerator : Module, IGenerator
    where TOptions : class
{
    public override string? Options(IGenerator generator) =>
        generator is TGenerator own ? OptionWriter.Text(optionsOf(own), fields) : null;

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

    public override void Check(string path, string options, SafetensorsSource file) => Checked(path, options, file);

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
            return StoredOptions.Read(text, start, fields);
        }
        catch (OptionsProblem e)
        {
            throw new SnapshotException(path, $"the options of the network cannot be read: {e.Message}.", e);
        }
    }
}
