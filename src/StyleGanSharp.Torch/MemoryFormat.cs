namespace StyleGanSharp.Torch;

/// <summary>Order of a [N,C,H,W] tensor's elements in memory; the numbers are libtorch's.</summary>
public enum MemoryFormat
{
    /// <summary>Row-major: N, C, H, W.</summary>
    Contiguous = 0,

    /// <summary>N, H, W, C: neighbouring channels lie side by side.</summary>
    ChannelsLast = 2,
}
