using StyleGanSharp.Networks;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;
using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Steps;

namespace StyleGanSharp.Training.Runs;

/// <summary>The networks that options describe.</summary>
public static class NetworkFactory
{
    /// <summary>Builds fresh networks; the average starts as a copy of the generator.</summary>
    public static TrainedNetworks Create(TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var place = new RunPlace(options.Seed, 0, 0);
        IGenerator? generator = null, average = null;
        try
        {
            using (var random = new RandomGenerator(place.Seed(DrawPurpose.GeneratorWeights)))
            {
                generator = Generator(options, Initializer.Random(random));
            }

            average = Generator(options, Initializer.ForLoading);
            using var other = new RandomGenerator(place.Seed(DrawPurpose.DiscriminatorWeights));
            var networks = new TrainedNetworks(generator, average, new Discriminator(options.Discriminator, Initializer.Random(other)));
            networks.AverageModule.LoadFrom(networks.GeneratorModule);
            return networks;
        }
        catch
        {
            generator?.Dispose();
            average?.Dispose();
            throw;
        }
    }

    private static IGenerator Generator(TrainingOptions options, Initializer init) =>
        options.StyleGan2 is { } two ? new Generator(two, init)
        : options.StyleGan3 is { } three ? new Networks.StyleGan3.Generator(three, init)
        : throw new ArgumentException("The options name no generator.", nameof(options));
}
