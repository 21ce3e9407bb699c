namespace StyleGanSharp.Training.Growth;

/// <summary>Where a growing training stands.</summary>
/// <param name="Lod">
/// Level of detail: 0 is the full resolution, n images of 1/2^n of it, a fraction fades one into the next.
/// </param>
/// <param name="Level">The resolution that is trained, or faded in.</param>
public readonly record struct GrowthPoint(double Lod, GrowthLevel Level)
{
    /// <summary>Share of the finest resolution that takes part: it rises to 1 while that is faded in.</summary>
    public double Alpha => 1 - (Lod - Math.Floor(Lod));

    /// <summary>Whether other layers are trained than at another point: then the optimizers start anew.</summary>
    public bool HasOtherLayers(double lod) => Math.Floor(Lod) != Math.Floor(lod) || Math.Ceiling(Lod) != Math.Ceiling(lod);

    /// <summary>Whether a fade began, passed its middle or ended since another point.</summary>
    public bool PassedMilestone(double lod) =>
        Math.Floor(Lod * 2) != Math.Floor(lod * 2) || Math.Ceiling(Lod * 2) != Math.Ceiling(lod * 2);
}
