namespace StyleGanSharp.Projection.Tuning;

/// <summary>What <see cref="PivotalTuning"/> found; owns the model.</summary>
/// <param name="model">The difference to the network.</param>
public sealed class TuningResult(TunedModel model) : IDisposable
{
    /// <summary>The difference to the network.</summary>
    public TunedModel Model { get; } = model;

    /// <summary>Steps done.</summary>
    public required int Steps { get; init; }

    /// <summary>Squared distance of perceptual vectors by image, before differences were shortened; 0 without weight.</summary>
    public required IReadOnlyList<double> Perceptual { get; init; }

    /// <summary>Mean squared difference of pixels in [-1, 1] by image, before differences were shortened.</summary>
    public required IReadOnlyList<double> Pixels { get; init; }

    /// <inheritdoc/>
    public void Dispose() => Model.Dispose();
}
