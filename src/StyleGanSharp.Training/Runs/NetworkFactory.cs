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
            IDiscriminator discriminator = Discriminator(options, Initializer.Random(other));
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

    private static IGenerator Generator(TrainingOptions options, Initializer init) =>
        options.ProGan is { } growing ? new Networks.ProGan.Generator(growing, init)
        : options.StyleGan1 is { } one ? new Networks.StyleGan1.Generator(one, init)
        : options.StyleGan2 is { } two ? (options.Growth is null ? new Generator(two, init) : new GrowingGenerator(two, init))
        : options.StyleGan3 is { } three ? new Networks.StyleGan3.Generator(three, init)
        : throw new ArgumentException("The options name no generator.", nameof(options));

    private static IDiscriminator Discriminator(TrainingOptions options, Initializer init) =>
        options.ProGanDiscriminator is { } growing ? new Networks.ProGan.Discriminator(growing, init)
        : options.StyleGan1Discriminator is { } one ? new Networks.StyleGan1.Discriminator(one, init)
        : options.Discriminator is { } two ? (options.Growth is null ? new Discriminator(two, init) : new GrowingDiscriminator(two, init))
        : throw new ArgumentException("The options name no discriminator.", nameof(options));
}
