namespace StyleGanSharp.Projection;

/// <summary>What the noise inputs of a network begin with.</summary>
public enum StartNoise
{
    /// <summary>Fresh draws of N(0,1).</summary>
    Random,

    /// <summary>The noise stored with the network.</summary>
    Stored,

    /// <summary>No noise at all: nothing to optimise.</summary>
    None,
}
