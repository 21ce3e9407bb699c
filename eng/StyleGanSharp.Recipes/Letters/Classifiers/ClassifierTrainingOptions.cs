using StyleGanSharp.Recipes.Training;

namespace StyleGanSharp.Recipes.Letters.Classifiers;

/// <summary>How a classifier is trained.</summary>
internal sealed record ClassifierTrainingOptions
{
    /// <summary>Epochs, batch and learning rate.</summary>
    public StagedTrainingOptions Stages { get; init; } = new() { Epochs = 24 };

    /// <summary>Seed of the first values, of the order and of the shifts.</summary>
    public uint Seed { get; init; }

    /// <summary>Most pixels that an image is shifted in each direction.</summary>
    public int Shift { get; init; } = 2;
}
