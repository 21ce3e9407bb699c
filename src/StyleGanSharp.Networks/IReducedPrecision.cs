namespace StyleGanSharp.Networks;

/// <summary>A network that can compute with less than float32.</summary>
public interface IReducedPrecision
{
    /// <summary>
    /// How exactly its convolutions are computed, forward and backward; float32 at first. What is stored stays float32.
    /// </summary>
    Precision Precision { get; set; }
}
