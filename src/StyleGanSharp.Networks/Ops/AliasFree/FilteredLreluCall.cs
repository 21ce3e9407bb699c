namespace StyleGanSharp.Networks.Ops.AliasFree;

/// <summary>What <see cref="FilteredLreluKernel"/> computes.</summary>
/// <param name="X">The axis along rows.</param>
/// <param name="Y">The axis along columns.</param>
/// <param name="Radial">The downsampling filter belongs to both axes at once.</param>
/// <param name="Factor">Total factor before the activation, positive.</param>
/// <param name="Slope">Slope of the leaky ReLU below zero.</param>
/// <param name="Limit">Limit of the magnitude; infinite: none.</param>
internal sealed record FilteredLreluCall(
    FilteredLreluAxis X, FilteredLreluAxis Y, bool Radial, float Factor, float Slope, float Limit)
{
    /// <summary>
    /// Signs that a mask keeps of each plane: rows of the high rate, each with its phases one behind the other.
    /// </summary>
    internal long MaskPlane => (long)Y.MaskLength * X.Phases * MaskPhase;

    /// <summary>Signs of one phase of a row, in whole vectors.</summary>
    internal int MaskPhase => FilteredLreluKernel.RoundUp((X.MaskLength + X.Phases - 1) / X.Phases);

    /// <summary>The adjoint, for separable filters.</summary>
    internal FilteredLreluCall Transposed() => this with { X = X.Transposed(), Y = Y.Transposed() };
}
