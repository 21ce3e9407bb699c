using System.Globalization;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Cuda;

namespace StyleGanSharp.Networks;

/// <summary>
/// What <see cref="Precision.Fast"/> means on CUDA devices. Where nothing is recorded, the four highest resolutions keep their
/// features in 16 bits, channels-last: bfloat16 where the device computes with it (compute capability 8.0), float16 on older ones
/// (from 7.0). In training, convolutions read bfloat16.
/// </summary>
public static class CudaPrecision
{
    // NVIDIA, CUDA C++ Programming Guide, table of arithmetic throughput and section on tensor cores.
    private const int FirstWithHalf = 70;
    private const int FirstWithBFloat16 = 80;

    /// <summary>Says why a device does not support <see cref="Precision.Fast"/>; null: it does.</summary>
    /// <param name="device">A CUDA device.</param>
    /// <param name="isTraining">Gradients are needed: half precision would need their scale to be watched.</param>
    public static string? Obstacle(Device device, bool isTraining)
    {
        try
        {
            return Obstacle(CudaKernels.Shared.Capability(device), isTraining, device);
        }
        catch (CudaException e)
        {
            return $"what {device} can do is not known: {e.Message}";
        }
    }

    /// <summary>The same for a compute capability, e.g. 75.</summary>
    internal static string? Obstacle(int capability, bool isTraining, Device device)
    {
        int needed = isTraining ? FirstWithBFloat16 : FirstWithHalf;
        return capability >= needed
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{device} is of compute capability {capability / 10}.{capability % 10}, "
                    + $"and {(isTraining ? "training in bfloat16" : "a faster form")} needs {needed / 10}.{needed % 10}");
    }

    /// <summary>Type of the features on a device; null: float32, as everywhere but on CUDA devices.</summary>
    /// <exception cref="CudaException">The driver does not say what the device can do.</exception>
    public static DType? FeaturesOn(Device device) =>
        device.Type == DeviceType.Cuda ? FeaturesOf(CudaKernels.Shared.Capability(device)) : null;

    /// <summary>Type of the features for a compute capability; null: float32.</summary>
    internal static DType? FeaturesOf(int capability) =>
        capability >= FirstWithBFloat16 ? DType.BFloat16 : capability >= FirstWithHalf ? DType.Float16 : null;
}
