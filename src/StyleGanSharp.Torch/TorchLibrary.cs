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
