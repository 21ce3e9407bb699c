namespace StyleGanSharp.Torch.Distributed;

/// <summary>What carries tensors between processes.</summary>
public enum GroupBackend
{
    /// <summary>Gloo: tensors on the CPU, over TCP.</summary>
    Gloo = 1,

    /// <summary>NCCL: tensors on CUDA devices.</summary>
    Nccl = 2,
}
