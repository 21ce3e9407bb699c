namespace StyleGanSharp.Training.Growth;

/// <summary>How one resolution of a growing network is trained.</summary>
/// <param name="Resolution">Width and height, a power of two of at least 4.</param>
/// <param name="Batch">Images of an iteration.</param>
/// <param name="GeneratorRate">Learning rate of the generator.</param>
/// <param name="DiscriminatorRate">Learning rate of the discriminator.</param>
/// <param name="TickImages">Images from one status line to the next.</param>
public sealed record GrowthLevel(int Resolution, int Batch, double GeneratorRate, double DiscriminatorRate, long TickImages);
