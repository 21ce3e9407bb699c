namespace StyleGanSharp.Networks.Features;

/// <summary>How images become as large as a feature network wants them.</summary>
public enum FeatureResize
{
    /// <summary>As the network does it: what published numbers were measured with.</summary>
    Own,

    /// <summary>
    /// By <see cref="CleanResize"/>: numbers that do not depend on aliasing, comparable among each other only. Made for
    /// Inception; other detectors get its size too.
    /// </summary>
    Clean,
}
