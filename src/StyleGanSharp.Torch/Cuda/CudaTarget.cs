using System.Globalization;

namespace StyleGanSharp.Torch.Cuda;

/// <summary>What a source is compiled to.</summary>
/// <param name="Capability">Compute capability as one number, e.g. 90 for 9.0.</param>
/// <param name="IsBinary">Machine code of exactly this device; else PTX, which the driver translates for newer ones.</param>
public readonly record struct CudaTarget(int Capability, bool IsBinary)
{
    /// <summary>The compiler's option.</summary>
    public string Option =>
        string.Create(CultureInfo.InvariantCulture, $"--gpu-architecture={(IsBinary ? "sm" : "compute")}_{Capability}");

    /// <summary>Machine code where the compiler knows the device, else PTX of the newest older one it knows.</summary>
    /// <param name="capability">Of the device.</param>
    /// <param name="known">Capabilities that the compiler knows.</param>
    /// <exception cref="CudaException">It knows only newer ones.</exception>
    public static CudaTarget For(int capability, IEnumerable<int> known)
    {
        int newest = known.Where(k => k <= capability).DefaultIfEmpty(0).Max();
        return newest == 0
            ? throw new CudaException(string.Create(
                CultureInfo.InvariantCulture,
                $"this NVRTC compiles nothing for devices as old as this one (compute capability "
                    + $"{capability / 10}.{capability % 10})"))
            : new CudaTarget(newest, newest == capability);
    }
}
