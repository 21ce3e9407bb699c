namespace StyleGanSharp.Torch.Cuda;

/// <summary>NVRTC or the CUDA driver refused, or one of them is missing; the message says which, and what it said.</summary>
public sealed class CudaException : TorchException
{
    /// <summary>Creates the exception.</summary>
    public CudaException(string message)
        : base(message)
    {
    }
}
