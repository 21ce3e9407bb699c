using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Torch.IO;
using StyleGanSharp.Torch.Modules;
using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Steps;

namespace StyleGanSharp.Training.Runs;

/// <summary>The networks of a snapshot that a run starts from: transfer learning. Optimizers and counters begin anew.</summary>
public sealed class StartFile : IDisposable
{
    private readonly IGenerator average;
    private readonly IGenerator? generator;
    private readonly IDiscriminator? discriminator;

    private StartFile(string path, IGenerator average, IGenerator? generator, IDiscriminator? discriminator)
    {
        (this.average, this.generator, this.discriminator) = (average, generator, discriminator);
        NetworkFamily family = NetworkFamilies.Find(average) ?? throw Problems.Fault(
            Names.StartFrom, path, $"training supports no networks of the kind {average.GetType().Namespace!.Split('.')[^1]}");
        Architecture = new StartingNetworks(path, family, family.Options(average), family.Options(discriminator))
        {
            Lod = (average as IGrowing)?.Lod,
        };
    }

    /// <summary>What was assumed to read the networks, one sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; private init; } = [];

    /// <summary>What the networks are.</summary>
    public StartingNetworks Architecture { get; }

    /// <summary>Whether a discriminator comes with them; without one the first kimg go worse before they go better.</summary>
    public bool HasDiscriminator => Architecture.Discriminator is not null;

    /// <summary>Opens a snapshot of any readable kind, or the state of another run.</summary>
    /// <exception cref="SnapshotException">It cannot be read.</exception>
    /// <exception cref="TrainingOptionsException">Its networks cannot be trained.</exception>
    public static StartFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (NetworkFile.IsSafetensors(path))
        {
            return StateFile.IsState(path) ? OfState(path) : new StartFile(path, NetworkFile.ReadGenerator(path), null, null);
        }

        SnapshotFile snapshot = SnapshotFile.Read(path);
        var remarks = new List<string>();
        IGenerator average = NetworkLoader.LoadGenerator(snapshot, remarks: remarks);
        IGenerator? generator = Optional(() => NetworkLoader.LoadGenerator(snapshot, "G"));
        return new StartFile(
            path, average, generator, Optional(() => NetworkLoader.LoadDiscriminator(snapshot)))
        { Remarks = remarks };
    }

    /// <summary>Networks of the run's options with the values of the snapshot.</summary>
    /// <exception cref="TrainingOptionsException">They do not fit the options.</exception>
    public TrainedNetworks Networks(TrainingOptions options)
    {
        TrainedNetworks networks = NetworkFactory.Create(options);
        try
        {
            if (Architecture.Generator.Resolution < options.Generator.Resolution)
            {
                Enlargement.Load(networks, (Module)average, (Module)(generator ?? average), discriminator as Module);
                return networks;
            }

            networks.AverageModule.LoadFrom((Module)average);
            networks.GeneratorModule.LoadFrom((Module)(generator ?? average));
            if (HasDiscriminator)
            {
                networks.DiscriminatorModule.LoadFrom((Module)discriminator!);
            }

            return networks;
        }
        catch (LoadException e)
        {
            networks.Dispose();
            throw Problems.Fault(Names.StartFrom, Architecture.Path, $"does not fit the run: {e.Message.TrimEnd('.')}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        average.Dispose();
        generator?.Dispose();
        discriminator?.Dispose();
    }

    private static StartFile OfState(string path)
    {
        (TrainingOptions options, SafetensorsFile file) = StateFile.Open(path);
        using (file)
        {
            TrainedNetworks networks = NetworkFactory.Create(options);
            StateFile.LoadNetworks(file.Tensors, networks);
            return new StartFile(path, networks.Average, networks.Generator, networks.Discriminator);
        }
    }

    private static T? Optional<T>(Func<T> load)
        where T : class
    {
        try
        {
            return load();
        }
        catch (SnapshotException)
        {
            return null; // A snapshot may hold fewer networks; the generator's average is what it must have.
        }
    }
}
