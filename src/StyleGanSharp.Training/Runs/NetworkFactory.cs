using StyleGanSharp.Networks;
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
        NetworkFamily family = options.Family;
        var place = new RunPlace(options.Seed, 0, 0);
        IGenerator? generator = null, average = null;
        try
        {
            using (var random = new RandomGenerator(place.Seed(DrawPurpose.GeneratorWeights)))
            {
                generator = family.Create(options.Generator, Initializer.Random(random));
            }

            average = family.Create(options.Generator, Initializer.ForLoading);
            using var other = new RandomGenerator(place.Seed(DrawPurpose.DiscriminatorWeights));
            IDiscriminator discriminator = family.Create(options.Discriminator, Initializer.Random(other));
            var networks = new TrainedNetworks(generator, average, discriminator);
            networks.AverageModule.LoadFrom(networks.GeneratorModule);
            foreach (IReducedPrecision network in new object[] { generator, discriminator }.OfType<IReducedPrecision>())
            {
                network.Precision = options.Precision;
            }

            return networks;
        }
        catch
        {
            generator?.Dispose();
            average?.Dispose();
            throw;
        }
    }
}
