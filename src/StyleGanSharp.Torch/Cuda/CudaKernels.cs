using System.Collections.Concurrent;
using StyleGanSharp.Torch.Interop;

namespace StyleGanSharp.Torch.Cuda;

/// <summary>
/// Kernels compiled at run time for the devices of this machine: one module per source and device, made at its first use, kept
/// until the process ends. Where one cannot be made, that is said once, and callers use their reference operators. Safe for any
/// number of threads.
/// </summary>
public sealed unsafe class CudaKernels : ICudaKernels
{
    private readonly ConcurrentDictionary<(CudaSource Source, int Device), Lazy<Module?>> modules = new();
    private readonly ConcurrentDictionary<int, nint> contexts = new();
    private readonly ConcurrentDictionary<int, int> capabilities = new();
    private readonly Lazy<CudaDriver> driver;
    private readonly Lazy<NvrtcCompiler> compiler;
    private readonly Func<int, nint> streamOf;
    private int warned;

    /// <summary>Kernels that are compiled and launched by given libraries.</summary>
    /// <param name="loadDriver">Called at the first use.</param>
    /// <param name="loadCompiler">Called at the first use.</param>
    /// <param name="streamOf">The current stream of a device.</param>
    internal CudaKernels(Func<CudaDriver> loadDriver, Func<NvrtcCompiler> loadCompiler, Func<int, nint> streamOf) =>
        (driver, compiler, this.streamOf) = (new Lazy<CudaDriver>(loadDriver), new Lazy<NvrtcCompiler>(loadCompiler), streamOf);

    /// <summary>The kernels of this process.</summary>
    public static CudaKernels Shared { get; } = new(LoadDriver, NvrtcCompiler.Load, Native.CudaStream);

    /// <summary>Where compiled kernels are kept between processes; null: nowhere. To be set before the first use.</summary>
    public static string? CacheFolder { get; set; }

    /// <summary>
    /// Takes warnings about the use of devices, one sentence each and each once; null: they are dropped. Faces show them.
    /// </summary>
    public static Action<string>? Warning { get; set; }

    /// <summary>Compute capability of a device as one number, e.g. 90 for 9.0.</summary>
    /// <exception cref="CudaException">The driver does not say.</exception>
    public int Capability(Device device) =>
        capabilities.GetOrAdd(Math.Max(device.Index, 0), index => driver.Value.Capability(index));

    /// <inheritdoc/>
    public bool Accepts(CudaSource source, Device device) =>
        device.Type == DeviceType.Cuda && Find(source, device.Index) is not null;

    /// <inheritdoc/>
    public void Launch<T>(CudaSource source, string kernel, Device device, CudaLaunch launch, in T arguments)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(source);
        Module module = Find(source, device.Index)
            ?? throw new CudaException($"{source.Name} could not be compiled for {device}");
        nint function = module.Functions.GetOrAdd(kernel, name => driver.Value.Function(module.Handle, name));
        fixed (T* pointer = &arguments)
        {
            driver.Value.Launch(module.Context, function, launch, streamOf(device.Index), pointer);
        }
    }

    // Without the stream of libtorch nothing could be launched in its order.
    private static CudaDriver LoadDriver() => Native.CudaAvailable()
        ? CudaDriver.Load(OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1")
        : throw new CudaException(
            "the native shim was built without the headers of the CUDA runtime (cuda_runtime_api.h), build it again with them");

    private Module? Find(CudaSource source, int device) =>
        modules.GetOrAdd((source, device), key => new Lazy<Module?>(() => LoadOrWarn(key.Source, key.Device))).Value;

    private Module? LoadOrWarn(CudaSource source, int device)
    {
        try
        {
            return Load(source, device);
        }
        catch (TorchException e)
        {
            if (Interlocked.Exchange(ref warned, 1) == 0)
            {
                Warning?.Invoke(
                    $"The CUDA kernels of this program are not used, libtorch's own operators are (slower): {e.Message}.");
            }

            return null;
        }
    }

    private Module Load(CudaSource source, int device)
    {
        CudaTarget target = CudaTarget.For(Capability(new Device(DeviceType.Cuda, device)), compiler.Value.Capabilities);
        nint context = contexts.GetOrAdd(device, driver.Value.RetainContext);
        return new Module(context, driver.Value.LoadModule(context, Code(source, target)));
    }

    private byte[] Code(CudaSource source, CudaTarget target)
    {
        CudaCodeCache? cache = CacheFolder is null ? null : new CudaCodeCache(CacheFolder);
        byte[] key = CudaCodeCache.Key(source, target, compiler.Value.Version, driver.Value.Version);
        if (cache?.Read(source.Name, key) is byte[] kept)
        {
            return kept;
        }

        byte[] code = compiler.Value.Compile(source, target);
        cache?.Write(source.Name, key, code);
        return code;
    }

    private sealed record Module(nint Context, nint Handle)
    {
        internal ConcurrentDictionary<string, nint> Functions { get; } = new();
    }
}
