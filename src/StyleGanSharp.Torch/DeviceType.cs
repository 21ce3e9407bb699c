namespace StyleGanSharp.Torch;

/// <summary>Kind of device; the numbers are libtorch's.</summary>
public enum DeviceType
{
    /// <summary>The processor and main memory.</summary>
    Cpu = 0,

    /// <summary>An NVIDIA GPU.</summary>
    Cuda = 1,
}
