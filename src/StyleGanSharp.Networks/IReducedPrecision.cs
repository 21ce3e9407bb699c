namespace StyleGanSharp.Networks;

/// <summary>A generator that can compute with less than float32, for pictures (never for training).</summary>
public interface IReducedPrecision
{
    /// <summary>How exactly pictures are computed where nothing is recorded; float32 at first.</summary>
    Precision Precision { get; set; }
}
