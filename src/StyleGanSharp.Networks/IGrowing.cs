namespace StyleGanSharp.Networks;

/// <summary>A network that was trained with progressive growing.</summary>
public interface IGrowing
{
    /// <summary>
    /// Level of detail: 0 is the full resolution, 1 half of it and so on; between whole numbers two resolutions are faded into
    /// each other. Images keep their full size. Stored with the network: a snapshot of a growing network brings its own.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    double Lod { get; set; }
}
