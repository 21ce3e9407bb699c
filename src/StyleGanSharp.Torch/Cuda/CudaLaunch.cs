namespace StyleGanSharp.Torch.Cuda;

/// <summary>How many threads a kernel runs in, one-dimensional.</summary>
/// <param name="Blocks">Number of blocks.</param>
/// <param name="Threads">Threads in a block, a multiple of 32.</param>
/// <param name="SharedBytes">Shared memory of a block besides what the kernel declares itself.</param>
public readonly record struct CudaLaunch(int Blocks, int Threads, int SharedBytes = 0)
{
    /// <summary>Threads in a block where nothing speaks for another number.</summary>
    public const int DefaultThreads = 256;

    // Enough to fill the largest devices several times over; a thread then takes several elements.
    private const long MostBlocks = 1 << 16;

    /// <summary>
    /// One thread per element, in blocks of <see cref="DefaultThreads"/>; for kernels that loop where there are more elements
    /// than threads.
    /// </summary>
    public static CudaLaunch ForElements(long count) =>
        new((int)Math.Clamp((count + DefaultThreads - 1) / DefaultThreads, 1, MostBlocks), DefaultThreads);
}
