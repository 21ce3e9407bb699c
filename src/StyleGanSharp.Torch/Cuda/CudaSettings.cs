using StyleGanSharp.Torch.Interop;

namespace StyleGanSharp.Torch.Cuda;

/// <summary>
/// What NVIDIA's libraries under libtorch may do for speed, in one place and for the whole process; without effect on the CPU.
/// </summary>
/// <param name="Tf32">
/// Products of float32 may be rounded to TF32 (10 bits of fraction). Off: float32 is the reference everywhere, and R1 and
/// path-length gradients suffer from less.
/// </param>
/// <param name="Benchmark">
/// cuDNN tries its convolution algorithms at every new shape and keeps the fastest: for shapes that return.
/// </param>
/// <param name="Deterministic">Only algorithms that give the same sums in every run.</param>
public sealed record CudaSettings(bool Tf32 = false, bool Benchmark = true, bool Deterministic = false)
{
    /// <summary>Those in force.</summary>
    public static CudaSettings Current
    {
        get
        {
            (bool tf32, bool benchmark, bool deterministic) = Native.GetCudaSettings();
            return new CudaSettings(tf32, benchmark, deterministic);
        }
    }

    /// <summary>Puts these in force.</summary>
    public void Apply() => Native.SetCudaSettings(Tf32, Benchmark, Deterministic);
}
