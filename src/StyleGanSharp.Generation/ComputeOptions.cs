using StyleGanSharp.Data.Options;
using StyleGanSharp.Generation.Models.Downloads;
using StyleGanSharp.Generation.Requests;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Cuda;

namespace StyleGanSharp.Generation;

/// <summary>Where a computation runs.</summary>
public sealed record ComputeOptions
{
    private const int MaxThreads = 1024;

    /// <summary><c>auto</c> (CUDA where it answers, else the CPU), <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Threads of each operator, 1 to 1024; null: the machine's cores.</summary>
    public int? Threads { get; init; }

    /// <summary>What is wrong, before libtorch is loaded; empty: nothing.</summary>
    public IReadOnlyList<OptionProblem> Validate() => Threads is < 1 or > MaxThreads
        ? [new OptionProblem("threads", $"{Threads}", $"expected 1 to {MaxThreads}")]
        : [];

    /// <summary>
    /// Loads libtorch and finds the device. Sets the number of threads for the calling thread and for threads that start
    /// afterwards.
    /// </summary>
    /// <exception cref="RequestException">A value is out of range, or there is no such device.</exception>
    /// <exception cref="TorchException">libtorch cannot be loaded.</exception>
    public Device Apply()
    {
        RequestException.ThrowIfAny(Validate());
        TorchLibrary.Load();
        if (Threads is int count)
        {
            TorchLibrary.Threads = count;
        }

        Device found;
        try
        {
            found = Torch.Device.Parse(Device.ToLowerInvariant());
        }
        catch (FormatException e)
        {
            throw new RequestException("device", Device, e.Message.TrimEnd('.'));
        }

        if (found.Type == DeviceType.Cuda)
        {
            new CudaSettings().Apply();
            CudaKernels.CacheFolder = Path.Combine(CacheFolder.Find(), "kernels");
        }

        return found;
    }
}
