using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Torch.IO;
using StyleGanSharp.Torch.Modules;
using StyleGanSharp.Training.Losses;
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
        Architecture = average switch
        {
            Generator two => new StartingNetworks(path, two.Options, null, (discriminator as Discriminator)?.Options),
            Networks.StyleGan3.Generator three => new StartingNetworks(path, null, three.Options, (discriminator as Discriminator)?.Options),
            GrowingGenerator two => new StartingNetworks(path, two.Options, null, (discriminator as GrowingDiscriminator)?.Options) { Lod = two.Lod },
            Networks.StyleGan1.Generator one => new StartingNetworks(path, null, null, null)
            {
                StyleGan1 = one.Options,
                StyleGan1Discriminator = (discriminator as Networks.StyleGan1.Discriminator)?.Options,
                Lod = one.Lod,
            },
            Networks.ProGan.Generator first => new StartingNetworks(path, null, null, null)
            {
                ProGan = first.Options,
                ProGanDiscriminator = (discriminator as Networks.ProGan.Discriminator)?.Options,
                Lod = first.Lod,
            },
            _ => throw Problems.Fault(
                Names.StartFrom, path, $"training supports no networks of the kind {average.GetType().Namespace!.Split('.')[^1]}"),
        };
    }

    /// <summary>What was assumed to read the networks, one sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; private init; } = [];

    /// <summary>What the networks are.</summary>
    public StartingNetworks Architecture { get; }

    /// <summary>Whether a discriminator comes with them; without one the first kimg go worse before they go better.</summary>
    public bool HasDiscriminator => Architecture.HasDiscriminator;

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
        return new StartFile(path, average, generator, Optional(() => NetworkLoader.LoadDiscriminator(snapshot))) { Remarks = remarks };
    }

    /// <summary>Networks of the run's options with the values of the snapshot.</summary>
    /// <exception cref="TrainingOptionsException">They do not fit the options.</exception>
    public TrainedNetworks Networks(TrainingOptions options)
    {
        TrainedNetworks networks = NetworkFactory.Create(options);
        try
        {
            if (Architecture.Resolution < options.StyleGan2?.Resolution)
            {
                Enlargement.Load(networks, Module(average), Module(generator ?? average), discriminator as Module);
                return networks;
            }

            networks.AverageModule.LoadFrom(Module(average));
            networks.GeneratorModule.LoadFrom(Module(generator ?? average));
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

    private static Module Module(IGenerator generator) => TrainedGenerators.Of(generator).Module;

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
