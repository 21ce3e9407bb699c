using System.Runtime.InteropServices;

namespace StyleGanSharp.Torch.Interop;

/// <summary>Finds and loads the shim, prepares the process for it, and checks that both sides speak the same interface.</summary>
internal static partial class NativeLoader
{
    private const string OverrideVariable = "STYLEGAN_NATIVE";

    /// <summary>See <see cref="TorchLibrary.LeftOut"/>.</summary>
    internal static IReadOnlyList<string> LeftOut { get; private set; } = [];

    /// <summary>Loads the library. Called once, by the type initializer of <see cref="Native"/>.</summary>
    /// <exception cref="TorchException">The shim was not found, cannot be loaded, or is of another version.</exception>
    internal static void Initialize()
    {
        PrepareLibraries();
        nint library = Load();
        NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, (name, _, _) => name == Native.Library ? library : 0);
        int version = Native.GetAbiVersion();
        if (version != Native.AbiVersion)
        {
            throw new TorchException(
                $"The native shim has interface version {version}, this program needs {Native.AbiVersion}: build it again.");
        }

        // The packaged libtorch starts with one thread.
        Native.NumThreads = Environment.ProcessorCount;
        TensorMemory.Start();
    }

    // Where nothing was chosen, the workers of OpenMP and OpenBLAS must not spin: they stall everything else that shares the
    // cores (OpenBLAS's for some 30 ms after each product, unless 2 to the power of this number of cycles is less). The variables
    // are read when those libraries are loaded, from the C environment, which .NET's own setter does not reach.
    private static void PrepareLibraries()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = setenv("OMP_WAIT_POLICY", "PASSIVE", 0);
            _ = setenv("OPENBLAS_THREAD_TIMEOUT", "4", 0);
            if (OpenBlasKernels.ForThisProcessor() is string kernels)
            {
                _ = setenv("OPENBLAS_CORETYPE", kernels, 0);
            }
        }
    }

    private static nint Load()
    {
        var searched = new List<string>();
        string? reason = null;
        foreach (string candidate in Candidates())
        {
            searched.Add(candidate);
            if (!File.Exists(candidate))
            {
                continue;
            }

            if (WithStandIns(candidate) is nint lean)
            {
                return lean;
            }

            try
            {
                return NativeLibrary.Load(candidate);
            }
            catch (DllNotFoundException e)
            {
                reason ??= FirstReason(e.Message);
            }
        }

        throw new TorchException(reason is null
            ? $"The native shim was not found ({string.Join(", ", searched)}): build it with ./stylegan, "
                + $"or set {OverrideVariable} to its file."
            : $"The native shim could not be loaded ({reason.Trim().TrimEnd('.')}): "
                + $"install libtorch (package libtorch-dev) or name one with "
                + "LIBTORCH=<folder> or LIBTORCH_USE_PYTORCH=1, and call ./stylegan again.");
    }

    // Where something is missing with them, everything is loaded as libtorch names it.
    private static nint? WithStandIns(string shim)
    {
        if (!TorchLibrary.LoadsOnlyWhatIsUsed)
        {
            return null;
        }

        StandIns standIns = StandIns.LoadBeside(shim);
        if (standIns.Names.Count > 0 && NativeLibrary.TryLoad(shim, out nint library))
        {
            LeftOut = standIns.Names;
            return library;
        }

        standIns.TakeBack();
        return null;
    }

    // The loader's own advice follows on further lines; the first library it names is the missing one.
    private static string FirstReason(string message) =>
        message.Split('\n').FirstOrDefault(line => line.Contains("cannot open shared object", StringComparison.Ordinal))
            ?? message.Split('\n')[0];

    private static IEnumerable<string> Candidates()
    {
        string file = OperatingSystem.IsWindows() ? "stylegan_torch.dll"
            : OperatingSystem.IsMacOS() ? "libstylegan_torch.dylib" : "libstylegan_torch.so";
        string? chosen = Environment.GetEnvironmentVariable(OverrideVariable);
        if (!string.IsNullOrEmpty(chosen))
        {
            yield return chosen;
            yield break;
        }

        yield return Path.Combine(AppContext.BaseDirectory, file);

        // In a checkout the program lies in artifacts/bin/..., the shim in artifacts/native.
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (folder.Name == "artifacts")
            {
                yield return Path.Combine(folder.FullName, "native", file);
                yield return Path.Combine(folder.FullName, "native", "Release", file);
            }
        }
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);
}
