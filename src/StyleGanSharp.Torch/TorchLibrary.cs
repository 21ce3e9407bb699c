using StyleGanSharp.Torch.Interop;

namespace StyleGanSharp.Torch;

/// <summary>The loaded libtorch as a whole: version, configuration, threads.</summary>
public static class TorchLibrary
{
    /// <summary>Version the shim was built against, e.g. <c>1.13.1</c>.</summary>
    public static string Version => Native.TorchVersion();

    /// <summary>libtorch's own description of how it was built (BLAS, oneDNN, instruction set).</summary>
    public static string Configuration => Native.Configuration();

    /// <summary>Threads that one operator uses; starts as the number of the machine's cores.</summary>
    public static int Threads
    {
        get => Native.NumThreads;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            Native.NumThreads = value;
        }
    }

    /// <summary>
    /// Whether libraries that libtorch names but uses nothing of (Debian's: OpenCV, FFmpeg, databases) are left out, which halves
    /// the time of loading. To be set before the first use of anything else here, and only in a program that loads none of them
    /// for its own ends: it would get the empty ones that stand in for them.
    /// </summary>
    public static bool LoadsOnlyWhatIsUsed { get; set; }

    /// <summary>
    /// File names of the libraries that were left out; none before loading, and where libtorch names nothing in vain.
    /// </summary>
    public static IReadOnlyList<string> LeftOut => NativeLoader.LeftOut;

    /// <summary>Loads the shim and libtorch now instead of at the first use.</summary>
    /// <exception cref="TorchException">They were not found or cannot be loaded; the message lists what was searched.</exception>
    public static void Load()
    {
        try
        {
            System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(typeof(Native).TypeHandle);
        }
        catch (TypeInitializationException e) when (e.InnerException is TorchException inner)
        {
            throw new TorchException(inner.Message, e);
        }
    }
}
