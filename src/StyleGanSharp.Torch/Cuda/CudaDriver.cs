using System.Runtime.InteropServices;
using System.Text;

namespace StyleGanSharp.Torch.Cuda;

/// <summary>The few calls of the CUDA driver that loading and launching kernels takes.</summary>
internal sealed unsafe class CudaDriver
{
    private const int Success = 0;
    private const int CapabilityMajor = 75; // CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR
    private const int CapabilityMinor = 76;

    private readonly nint library;
    private readonly delegate* unmanaged<nint, int> pushContext;
    private readonly delegate* unmanaged<nint*, int> popContext;
    private readonly delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, int> launchKernel;

    private CudaDriver(nint library)
    {
        this.library = library;
        pushContext = (delegate* unmanaged<nint, int>)Export("cuCtxPushCurrent_v2");
        popContext = (delegate* unmanaged<nint*, int>)Export("cuCtxPopCurrent_v2");
        launchKernel = (delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, int>)Export(
            "cuLaunchKernel");
        Require(((delegate* unmanaged<uint, int>)Export("cuInit"))(0), "cuInit");
        int version;
        Require(((delegate* unmanaged<int*, int>)Export("cuDriverGetVersion"))(&version), "cuDriverGetVersion");
        Version = version;
    }

    /// <summary>Newest CUDA version that the driver knows, e.g. 12040.</summary>
    internal int Version { get; }

    /// <summary>Loads the driver, which is part of the system where there is a device.</summary>
    /// <exception cref="CudaException">There is none.</exception>
    internal static CudaDriver Load(string name) => NativeLibrary.TryLoad(name, out nint library)
        ? new CudaDriver(library)
        : throw new CudaException($"the CUDA driver ({name}) was not found: install the driver of the graphics card");

    /// <summary>The context that libtorch uses a device in; kept until the process ends.</summary>
    internal nint RetainContext(int device)
    {
        nint context;
        Require(((delegate* unmanaged<nint*, int, int>)Export("cuDevicePrimaryCtxRetain"))(&context, Handle(device)),
            "cuDevicePrimaryCtxRetain");
        return context;
    }

    /// <summary>Compute capability as one number, e.g. 90.</summary>
    internal int Capability(int device) => (10 * Attribute(device, CapabilityMajor)) + Attribute(device, CapabilityMinor);

    /// <summary>Loads machine code or PTX into a context.</summary>
    internal nint LoadModule(nint context, ReadOnlySpan<byte> code)
    {
        nint module;
        fixed (byte* image = code)
        {
            Require(pushContext(context), "cuCtxPushCurrent");
            int status = ((delegate* unmanaged<nint*, byte*, int>)Export("cuModuleLoadData"))(&module, image);
            Pop();
            Require(status, "cuModuleLoadData");
        }

        return module;
    }

    /// <summary>A kernel of a module.</summary>
    internal nint Function(nint module, string name)
    {
        nint function;
        fixed (byte* text = Encoding.UTF8.GetBytes(name + '\0'))
        {
            Require(((delegate* unmanaged<nint*, nint, byte*, int>)Export("cuModuleGetFunction"))(&function, module, text),
                $"cuModuleGetFunction of {name}");
        }

        return function;
    }

    /// <summary>Queues a kernel of one parameter on a stream.</summary>
    internal void Launch(nint context, nint function, CudaLaunch launch, nint stream, void* arguments)
    {
        Require(pushContext(context), "cuCtxPushCurrent");
        int status = launchKernel(
            function, (uint)launch.Blocks, 1, 1, (uint)launch.Threads, 1, 1, (uint)launch.SharedBytes, stream, &arguments, null);
        Pop();
        Require(status, "cuLaunchKernel");
    }

    private void Pop()
    {
        nint popped;
        Require(popContext(&popped), "cuCtxPopCurrent");
    }

    // Devices are numbered as in libtorch: both obey CUDA_VISIBLE_DEVICES.
    private int Handle(int device)
    {
        int handle;
        Require(((delegate* unmanaged<int*, int, int>)Export("cuDeviceGet"))(&handle, device), "cuDeviceGet");
        return handle;
    }

    private int Attribute(int device, int attribute)
    {
        int value;
        Require(((delegate* unmanaged<int*, int, int, int>)Export("cuDeviceGetAttribute"))(&value, attribute, Handle(device)),
            "cuDeviceGetAttribute");
        return value;
    }

    private nint Export(string name) => NativeLibrary.TryGetExport(library, name, out nint address)
        ? address
        : throw new CudaException($"the CUDA driver has no {name}: install a newer one");

    private void Require(int status, string call)
    {
        if (status != Success)
        {
            byte* text;
            bool known = ((delegate* unmanaged<int, byte**, int>)Export("cuGetErrorString"))(status, &text) == Success;
            throw new CudaException($"{call} failed: {(known ? Marshal.PtrToStringUTF8((nint)text) : $"error {status}")}");
        }
    }
}
