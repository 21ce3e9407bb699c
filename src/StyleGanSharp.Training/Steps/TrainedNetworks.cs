using StyleGanSharp.Networks;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Training.Steps;

/// <summary>The three networks of a training, which this object owns.</summary>
public sealed class TrainedNetworks : IDisposable
{
    /// <summary>Puts them together.</summary>
    /// <param name="generator">Trained against the discriminator.</param>
    /// <param name="average">Of the same structure: its running average, which is what users see.</param>
    /// <param name="discriminator">Trained against the generator; a module.</param>
    /// <exception cref="ArgumentException">There is no trainer for a network of this kind.</exception>
    public TrainedNetworks(IGenerator generator, IGenerator average, IDiscriminator discriminator)
    {
        ArgumentNullException.ThrowIfNull(average);
        ArgumentNullException.ThrowIfNull(discriminator);
        Generator = generator;
        Average = average;
        Discriminator = discriminator;
        Trained = generator as ITrainableGenerator
            ?? throw new ArgumentException($"Networks of the kind {generator?.GetType()} cannot be trained.", nameof(generator));
        GeneratorModule = (Module)generator;
        AverageModule = (Module)average;
        DiscriminatorModule = discriminator as Module
            ?? throw new ArgumentException("The discriminator is not a module.", nameof(discriminator));
        AverageModule.RequireGrad(false);
    }

    /// <summary>The generator.</summary>
    public IGenerator Generator { get; }

    /// <summary>The generator as training runs it.</summary>
    public ITrainableGenerator Trained { get; }

    /// <summary>The running average of the generator.</summary>
    public IGenerator Average { get; }

    /// <summary>The discriminator.</summary>
    public IDiscriminator Discriminator { get; }

    /// <summary>The generator's parameters and buffers.</summary>
    public Module GeneratorModule { get; }

    /// <summary>The average's parameters and buffers.</summary>
    public Module AverageModule { get; }

    /// <summary>The discriminator's parameters and buffers.</summary>
    public Module DiscriminatorModule { get; }

    /// <summary>Puts all three networks at a level of detail.</summary>
    /// <exception cref="InvalidOperationException">They do not grow.</exception>
    public void SetLod(double lod)
    {
        if (Generator is not IGrowing generator || Average is not IGrowing average || Discriminator is not IGrowing discriminator)
        {
            throw new InvalidOperationException("These networks do not grow: they have no level of detail.");
        }

        (generator.Lod, average.Lod, discriminator.Lod) = (lod, lod, lod);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Generator.Dispose();
        Average.Dispose();
        Discriminator.Dispose();
    }
}
