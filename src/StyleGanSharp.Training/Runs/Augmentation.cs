using StyleGanSharp.Torch;
using StyleGanSharp.Training.Augment;
using StyleGanSharp.Training.Options;

namespace StyleGanSharp.Training.Runs;

/// <summary>The augmentation of a run: its pipeline, its strength, and the generator of the current round.</summary>
internal sealed class Augmentation : IDisposable
{
    private readonly AugmentPipe pipe;
    private readonly DiffAugment? diffAugment;
    private readonly AugmentationOptions options;
    private RandomGenerator? generator;

    private Augmentation(AugmentationOptions options)
    {
        this.options = options;
        pipe = new AugmentPipe(AugmentPresets.Parse(options.Pipeline));
        diffAugment = options.Policy is null ? null : new DiffAugment(DiffAugmentPolicies.TryParse(options.Policy)
            ?? throw new ArgumentException(
                $"There is no policy '{options.Policy}' of differentiable augmentation.", nameof(options)));
        Strength = new AdaptiveStrength(new AdaptiveStrengthOptions
        {
            Target = options.Target,
            Interval = options.Interval,
            Images = options.Images,
            Max = options.MaxStrength,
        })
        {
            Strength = (float)options.Strength,
        };
    }

    /// <summary>The strength and what its next adjustment depends on.</summary>
    internal AdaptiveStrength Strength { get; }

    /// <summary>The augmentation of a run; null where it has none.</summary>
    internal static Augmentation? Of(AugmentationOptions options) =>
        options.Mode == AugmentationMode.None ? null : new Augmentation(options);

    /// <summary>From here on draws come from a new generator.</summary>
    internal void Begin(ulong seed)
    {
        generator?.Dispose();
        generator = new RandomGenerator(seed);
    }

    /// <summary>Augments images.</summary>
    internal Tensor Apply(Tensor images)
    {
        var draws = new RandomDraws(generator!);
        return diffAugment?.Apply(images, draws) ?? pipe.Apply(images, Strength.Strength, draws);
    }

    /// <summary>Takes the discriminator's outputs for real images.</summary>
    internal void Report(Tensor signs)
    {
        if (options.Mode == AugmentationMode.Adaptive)
        {
            Strength.Report(signs.ToArray<float>());
        }
    }

    /// <summary>Ends an iteration: the strength may move.</summary>
    internal void EndIteration(int batch)
    {
        if (options.Mode == AugmentationMode.Adaptive)
        {
            Strength.EndIteration(batch);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => generator?.Dispose();
}
