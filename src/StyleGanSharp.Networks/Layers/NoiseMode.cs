namespace StyleGanSharp.Networks.Layers;

/// <summary>Where the noise inputs of a synthesis network come from.</summary>
public enum NoiseMode
{
    /// <summary>The fixed noise stored with the network.</summary>
    Const,

    /// <summary>Fresh draws.</summary>
    Random,

    /// <summary>None.</summary>
    None,
}
