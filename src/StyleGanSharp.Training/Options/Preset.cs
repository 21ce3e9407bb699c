using StyleGanSharp.Networks;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Training.Losses;

namespace StyleGanSharp.Training.Options;

/// <summary>One line of the table of presets.</summary>
/// <param name="Name">What the user calls it.</param>
/// <param name="Description">For whom it is.</param>
/// <param name="Family">Which networks.</param>
/// <param name="Kimg">Length in thousands of images.</param>
/// <param name="Batch">Images of an iteration; null: max(min(4096 / resolution, 32), 1), from ADA's "auto".</param>
/// <param name="GroupSize">Samples of a group in the minibatch standard deviation; null: min(batch, 4).</param>
/// <param name="ChannelBase">Feature maps times resolution; null: 16384, from 512 on 32768.</param>
/// <param name="ChannelMax">Most feature maps.</param>
/// <param name="LatentSize">Size of z and w.</param>
/// <param name="GeneratorRate">Learning rate of the generator; null: 0.0025, from 1024 on 0.002.</param>
/// <param name="DiscriminatorRate">Learning rate of the discriminator; null: as the generator.</param>
/// <param name="Gamma">Weight of R1; null: by the rule of <paramref name="GammaFactor"/>.</param>
/// <param name="GammaFactor">Automatic gamma = factor · resolution² / batch.</param>
/// <param name="AverageKimg">Half-life of the running average; null: batch · 10 / 32.</param>
/// <param name="RampUp">Its ramp-up.</param>
/// <param name="MappingLayers">Layers of the mapping network.</param>
/// <param name="PathLengthWeight">Weight of the path length regularisation.</param>
/// <param name="StyleMixing">Probability of style mixing.</param>
/// <param name="Architecture">How the discriminator's blocks are connected.</param>
/// <param name="TickKimg">Thousands of images from one status line to the next.</param>
/// <param name="Source">Where the numbers come from.</param>
public sealed record Preset(
    string Name, string Description, NetworkFamily Family, double Kimg, int? Batch, int? GroupSize, int? ChannelBase,
    int ChannelMax,
    int LatentSize, double? GeneratorRate, double? DiscriminatorRate, double? Gamma, double GammaFactor, double? AverageKimg,
    double? RampUp,
    int MappingLayers, double PathLengthWeight, double StyleMixing, Architecture Architecture, double TickKimg, string Source)
{
    /// <summary>Configuration of the family's paper, a lower-case letter; null: the one that the paper recommends.</summary>
    public char? Configuration { get; init; }

    /// <summary>
    /// Whether the recipe is that of the programs before StyleGAN2: the discriminator learns first, the Wasserstein loss is
    /// possible, there is no path length regularisation.
    /// </summary>
    public bool PrecedesStyleGan2 { get; init; }

    /// <summary>
    /// Blur of the discriminator's images when training begins, a standard deviation in pixels (Karras et al. 2021); 0: none.
    /// </summary>
    public double BlurSigma { get; init; }

    /// <summary>The schedule of progressive growing; null: the networks have their full resolution from the start.</summary>
    public GrowthPreset? Growth { get; init; }

    /// <summary>Which loss.</summary>
    public LossKind Loss { get; init; }

    /// <summary>
    /// Configurations of the paper's ablation, and the one that is meant where none is named; empty: there are none.
    /// </summary>
    public string Variants { get; init; } = "";

    /// <summary>Augmentation where none is asked for: recipes from before ADA have none.</summary>
    public string Augmentation { get; init; } = "ada";

    /// <summary>Decay of the running average in one iteration, whatever its batch; null: by its half-life.</summary>
    public double? AverageDecay { get; init; }

    /// <summary>Whether regularisation is computed only every few iterations (Karras et al. 2020, section 3.1).</summary>
    public bool Lazy { get; init; } = true;
}
