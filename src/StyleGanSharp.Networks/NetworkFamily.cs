using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Checkpoints.Own;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.IO;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks;

/// <summary>
/// A family of networks: how they are created, what a training run makes of them, and how files hold them. The facts of a family
/// stand in its own folder; <see cref="NetworkFamilies"/> lists the families.
/// </summary>
public abstract class NetworkFamily
{
    private protected NetworkFamily()
    {
    }

    /// <summary>Name in network files.</summary>
    public abstract string Name { get; }

    /// <summary>Whether the networks are grown progressively; they are <see cref="IGrowing"/> then.</summary>
    public virtual bool Grows => false;

    /// <summary>Memory that training takes, relative to a network whose layers compute at their block's resolution.</summary>
    public virtual double TrainingMemory => 1;

    /// <summary>What people call a generator of the family.</summary>
    public abstract string Title(IGeneratorOptions options);

    /// <summary>Whether a generator is of this family.</summary>
    public abstract bool Owns(IGenerator generator);

    /// <summary>Whether options can be those of a generator of this family.</summary>
    public abstract bool Owns(IGeneratorOptions options);

    /// <summary>Architecture of a generator of this family.</summary>
    /// <exception cref="InvalidCastException">It is of another family.</exception>
    public abstract IGeneratorOptions Options(IGenerator generator);

    /// <summary>Architecture of a discriminator; null: it is of another family.</summary>
    public abstract IDiscriminatorOptions? Options(IDiscriminator? discriminator);

    /// <summary>Creates a generator.</summary>
    /// <exception cref="InvalidCastException">The options are of another family.</exception>
    public abstract IGenerator Create(IGeneratorOptions options, Initializer init);

    /// <summary>Creates a discriminator.</summary>
    /// <exception cref="InvalidCastException">The options are of another family.</exception>
    public abstract IDiscriminator Create(IDiscriminatorOptions options, Initializer init);

    /// <summary>The generator that a training run asks for.</summary>
    public abstract IGeneratorOptions Generator(NetworkDesign design);

    /// <summary>The discriminator that a training run asks for.</summary>
    /// <param name="design">What it asks for.</param>
    /// <param name="start">
    /// The discriminator whose weights it starts from: widths and connections are its; null: fresh weights.
    /// </param>
    public abstract IDiscriminatorOptions Discriminator(NetworkDesign design, IDiscriminatorOptions? start = null);

    /// <summary>Architecture of a larger generator whose lower blocks are those of another; null: there is none.</summary>
    /// <param name="options">Of the smaller generator.</param>
    /// <param name="resolution">Width and height of the larger images.</param>
    public virtual IGeneratorOptions? Enlarge(IGeneratorOptions options, int resolution) => null;

    /// <summary>The options of a generator of this family as JSON.</summary>
    internal abstract string OptionsText(IGenerator generator);

    /// <summary>Builds a generator from the options and tensors of a network file.</summary>
    /// <exception cref="SnapshotException">They do not fit each other.</exception>
    internal abstract IGenerator Build(string path, string options, SafetensorsSource file);

    /// <summary>Checks the options of a network file against its header; libtorch is not needed.</summary>
    /// <exception cref="SnapshotException">They do not fit each other.</exception>
    internal abstract void Check(string path, string options, SafetensorsSource file);

    /// <summary>What a network file holds, from its options and its header; libtorch is not needed.</summary>
    /// <exception cref="SnapshotException">They do not fit each other.</exception>
    internal abstract NetworkSummary Summarize(string path, string options, SafetensorsSource file);
}

/// <summary>A family of networks over the types of its networks and options.</summary>
/// <param name="createGenerator">Constructor of the generator.</param>
/// <param name="generatorOptions">Architecture of a generator.</param>
/// <param name="createDiscriminator">Constructor of the discriminator.</param>
/// <param name="discriminatorOptions">Architecture of a discriminator.</param>
internal abstract class NetworkFamily<TGenerator, TOptions, TDiscriminator, TDiscriminatorOptions>(
    Func<TOptions, Initializer, TGenerator> createGenerator, Func<TGenerator, TOptions> generatorOptions,
    Func<TDiscriminatorOptions, Initializer, TDiscriminator> createDiscriminator,
    Func<TDiscriminator, TDiscriminatorOptions> discriminatorOptions) : NetworkFamily
    where TGenerator : Module, IGenerator
    where TOptions : class, IGeneratorOptions
    where TDiscriminator : Module, IDiscriminator
    where TDiscriminatorOptions : class, IDiscriminatorOptions
{
    public sealed override bool Owns(IGenerator generator) => generator is TGenerator;

    public sealed override bool Owns(IGeneratorOptions options) => options is TOptions;

    public sealed override TOptions Options(IGenerator generator) => generatorOptions((TGenerator)generator);

    public sealed override TDiscriminatorOptions? Options(IDiscriminator? discriminator) =>
        discriminator is TDiscriminator own ? discriminatorOptions(own) : null;

    public sealed override TGenerator Create(IGeneratorOptions options, Initializer init) =>
        createGenerator((TOptions)options, init);

    public sealed override TDiscriminator Create(IDiscriminatorOptions options, Initializer init) =>
        createDiscriminator((TDiscriminatorOptions)options, init);

    internal sealed override string OptionsText(IGenerator generator) => OptionWriter.Text(Options(generator), Fields);

    internal sealed override IGenerator Build(string path, string options, SafetensorsSource file)
    {
        TOptions parsed = Checked(path, options, file);
        TGenerator? generator = null;
        try
        {
            generator = createGenerator(parsed, Initializer.ForLoading);
            generator.Load(file.Entries.ToDictionary(e => e.Key, e => e.Value.Shape), file.ReadInto);
            return generator;
        }
        catch (Exception e) when (
            e is LoadException or ArgumentException or NotSupportedException or TorchException or TorchOutOfMemoryException)
        {
            generator?.Dispose();
            throw new SnapshotException(path, $"the tensors do not fit the options: {e.Message.TrimEnd('.')}.", e);
        }
    }

    internal sealed override void Check(string path, string options, SafetensorsSource file) => Checked(path, options, file);

    internal sealed override NetworkSummary Summarize(string path, string options, SafetensorsSource file)
    {
        TOptions parsed = Checked(path, options, file);
        return Describe(OwnTensors.Summary(Name, file), parsed) with { Lod = OwnTensors.Lod(file) };
    }

    /// <summary>Options of no particular network: what <see cref="Fields"/> are read into.</summary>
    private protected abstract TOptions Blank { get; }

    /// <summary>The fields of the options in network files, in the order in which they are written (docs/formats.md).</summary>
    private protected abstract TOptions Fields(OptionFields f, TOptions o);

    /// <summary>Throws where options are out of bounds or do not fit the tensors.</summary>
    /// <exception cref="SnapshotException">They do not.</exception>
    private protected abstract void Check(TOptions options, StoredTensors stored);

    /// <summary>Adds what the options say to a summary.</summary>
    private protected abstract NetworkSummary Describe(NetworkSummary summary, TOptions options);

    private TOptions Checked(string path, string options, SafetensorsSource file)
    {
        TOptions parsed = Parse(path, options);
        var stored = new StoredTensors(path, file.Entries);
        stored.AreReal();
        Check(parsed, stored);
        return parsed;
    }

    private TOptions Parse(string path, string text)
    {
        try
        {
            return StoredOptions.Read(text, Blank, Fields);
        }
        catch (OptionsProblem e)
        {
            throw new SnapshotException(path, $"the options of the network cannot be read: {e.Message}.", e);
        }
    }
}
