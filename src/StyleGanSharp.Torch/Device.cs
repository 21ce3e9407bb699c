using System.Globalization;
using StyleGanSharp.Torch.Interop;

namespace StyleGanSharp.Torch;

/// <summary>Where a tensor lives.</summary>
/// <param name="Type">Kind of device.</param>
/// <param name="Index">Number of the device among its kind; -1 for the current one (and always for the CPU).</param>
public readonly record struct Device(DeviceType Type, int Index = -1)
{
    /// <summary>Main memory.</summary>
    public static Device Cpu => new(DeviceType.Cpu);

    /// <summary>Number of CUDA devices that answer; 0 when libtorch has no CUDA.</summary>
    public static int CudaCount => Native.CudaDeviceCount();

    /// <summary>CUDA when libtorch has it and a device answers, else the CPU.</summary>
    public static Device Best => CudaCount > 0 ? new Device(DeviceType.Cuda, 0) : Cpu;

    /// <summary>Reads <c>auto</c>, <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</summary>
    /// <exception cref="FormatException">
    /// The text is none of these, or the device does not answer; the message says which.
    /// </exception>
    public static Device Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == "auto")
        {
            return Best;
        }

        if (text == "cpu")
        {
            return Cpu;
        }

        int index = 0;
        bool cuda = text == "cuda"
            || (text.StartsWith("cuda:", StringComparison.Ordinal)
                && int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out index));
        if (!cuda)
        {
            throw new FormatException($"'{text}' is not a device: expected auto, cpu, cuda or cuda:N.");
        }

        int count = CudaCount;
        return index < count
            ? new Device(DeviceType.Cuda, index)
            : throw new FormatException(count == 0
                ? $"'{text}' cannot be used: this libtorch has no CUDA device that answers."
                : $"'{text}' cannot be used: there are {count} CUDA devices, numbered from 0.");
    }

    /// <summary>Waits until everything queued on the device is done; nothing to do on the CPU.</summary>
    public void Synchronize()
    {
        if (Type == DeviceType.Cuda)
        {
            Native.CudaSynchronize(Index);
        }
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Type == DeviceType.Cpu ? "cpu" : Index < 0 ? "cuda" : string.Create(CultureInfo.InvariantCulture, $"cuda:{Index}");
}
