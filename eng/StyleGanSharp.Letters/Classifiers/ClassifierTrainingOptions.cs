namespace StyleGanSharp.Letters.Classifiers;

/// <summary>How a classifier is trained.</summary>
internal sealed record ClassifierTrainingOptions
{
    /// <summary>Times that every picture is seen, at least 1.</summary>
    public int Epochs { get; init; } = 24;

    /// <summary>Seed of the first values, of the order and of the shifts.</summary>
    public uint Seed { get; init; }

    /// <summary>Pictures a step.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>Most pixels that a picture is moved in each direction.</summary>
    public int Shift { get; init; } = 2;

    /// <summary>Step size of the first part; the later parts go slower.</summary>
    public double LearningRate { get; init; } = 0.002;
}
