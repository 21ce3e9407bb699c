using StyleGanSharp.Networks;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Generation.Models;

/// <summary>Where fast precision is of use.</summary>
public static class PrecisionSupport
{
    /// <summary>Says why a device does not support a precision; null: it does.</summary>
    /// <param name="wanted">What is asked for.</param>
    /// <param name="device">Where it is computed.</param>
    /// <param name="network">The network; null: any that has a fast form.</param>
    /// <param name="isTraining">Gradients are computed, too.</param>
    public static string? Obstacle(Precision wanted, Device device, IGenerator? network = null, bool isTraining = false) =>
        wanted == Precision.Float32 ? null
        : network is not (null or IReducedPrecision) ? "networks of this generation have no faster form"
        : device.Type == DeviceType.Cuda ? CudaPrecision.Obstacle(device, isTraining)
        : !FastPrecision.IsUsed
        ? "this processor has no bfloat16 instructions (AVX512_BF16 or AMX_BF16), without which it would be slower"
        : null;
}
