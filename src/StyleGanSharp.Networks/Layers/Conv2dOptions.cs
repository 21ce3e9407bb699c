using System.Collections.Immutable;
using StyleGanSharp.Networks.Ops.Bias;

namespace StyleGanSharp.Networks.Layers;

/// <summary>Options of a <see cref="Conv2dLayer"/>.</summary>
public sealed record Conv2dOptions
{
    /// <summary>Add a bias before the activation.</summary>
    public bool HasBias { get; init; } = true;

    /// <summary>Activation.</summary>
    public Activation Activation { get; init; } = Activation.Linear;

    /// <summary>Upsampling factor.</summary>
    public int Up { get; init; } = 1;

    /// <summary>Downsampling factor.</summary>
    public int Down { get; init; } = 1;

    /// <summary>
    /// Taps of the low-pass filter that goes with resampling; empty: boxes of 2x2 pixels are repeated or averaged.
    /// </summary>
    public ImmutableArray<double> ResampleFilter { get; init; } = FilterTaps.Default;

    /// <summary>Limit of the output's magnitude; null: none.</summary>
    public double? Clamp { get; init; }

    /// <summary>False: weight and bias are frozen.</summary>
    public bool Trainable { get; init; } = true;

    /// <summary>
    /// Gain of the weights (<see cref="LayerGain"/>), none follows the activation then; null: the activation's follows it.
    /// </summary>
    internal double? Gain { get; init; }

    /// <summary>False: weights are stored as they are used.</summary>
    internal bool Equalized { get; init; } = true;
}
