using StyleGanSharp.Torch.Interop;

namespace StyleGanSharp.Torch.Distributed;

/// <summary>What the shim was built with.</summary>
public static class GroupBackends
{
    private const int StoreAlone = 0;

    /// <summary>Whether processes can meet at all: libtorch has c10d.</summary>
    public static bool HasStore => Native.DistributedAvailable(StoreAlone);

    /// <summary>Whether a backend is there.</summary>
    public static bool IsAvailable(this GroupBackend backend) => Native.DistributedAvailable((int)backend);

    /// <summary>The backend for tensors of a device.</summary>
    public static GroupBackend For(Device device) => device.Type == DeviceType.Cuda ? GroupBackend.Nccl : GroupBackend.Gloo;

    /// <summary>Fails where a backend is missing, with the ways out.</summary>
    /// <exception cref="TorchException">It is missing.</exception>
    public static void Require(this GroupBackend backend)
    {
        if (!HasStore)
        {
            throw new TorchException(
                "Several processes cannot train together: this libtorch was built without c10d; "
                    + "take another one (LIBTORCH=<folder>), or train in one process.");
        }

        if (!backend.IsAvailable())
        {
            throw new TorchException(backend == GroupBackend.Gloo
                ? "Several processes cannot train together on the CPU: the native shim was built without the headers of Gloo; "
                    + "install libgloo-dev, delete artifacts/native and build again."
                : "Several processes cannot train together on CUDA: the native shim was built without NCCL; "
                    + "build it against a libtorch with CUDA, with the headers of CUDA and NCCL on the compiler's path (CPATH), "
                    + "after deleting artifacts/native.");
        }
    }
}
