using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace StyleGanSharp.Torch.Cuda;

/// <summary>NVIDIA's run-time compiler. Needs no device: whatever its file is found on can compile.</summary>
public sealed unsafe class NvrtcCompiler
{
    private const int Success = 0;

    private readonly nint library;
    private readonly delegate* unmanaged<nint*, byte*, byte*, int, byte**, byte**, int> createProgram;
    private readonly delegate* unmanaged<nint, int, byte**, int> compileProgram;
    private readonly delegate* unmanaged<nint*, int> destroyProgram;

    private NvrtcCompiler(string file, nint library)
    {
        (File, this.library) = (file, library);
        createProgram = (delegate* unmanaged<nint*, byte*, byte*, int, byte**, byte**, int>)Export("nvrtcCreateProgram");
        compileProgram = (delegate* unmanaged<nint, int, byte**, int>)Export("nvrtcCompileProgram");
        destroyProgram = (delegate* unmanaged<nint*, int>)Export("nvrtcDestroyProgram");
        int major, minor;
        Require(((delegate* unmanaged<int*, int*, int>)Export("nvrtcVersion"))(&major, &minor), "nvrtcVersion");
        Version = new Version(major, minor);
    }

    /// <summary>The file (or the loader's name) that it was loaded from.</summary>
    public string File { get; }

    /// <summary>Version of the CUDA release that it belongs to.</summary>
    public Version Version { get; }

    /// <summary>
    /// Compute capabilities that it can compile for, as numbers such as 90. Asked of the compiler, which tells since 11.2.
    /// </summary>
    public IReadOnlyList<int> Capabilities
    {
        get
        {
            int count;
            Require(((delegate* unmanaged<int*, int>)Export("nvrtcGetNumSupportedArchs"))(&count), "nvrtcGetNumSupportedArchs");
            var known = new int[count];
            fixed (int* values = known)
            {
                Require(((delegate* unmanaged<int*, int>)Export("nvrtcGetSupportedArchs"))(values), "nvrtcGetSupportedArchs");
            }

            return known;
        }
    }

    /// <summary>Loads the first compiler that can be found.</summary>
    /// <exception cref="CudaException">There is none; the message lists what was searched.</exception>
    public static NvrtcCompiler Load() => Load(NvrtcFiles.Candidates());

    /// <summary>Compiles a source.</summary>
    /// <returns>Machine code, or PTX with a closing zero; either can be loaded as a module.</returns>
    /// <exception cref="CudaException">The source has errors; the message holds the compiler's log.</exception>
    public byte[] Compile(CudaSource source, CudaTarget target)
    {
        ArgumentNullException.ThrowIfNull(source);
        nint program = 0;
        fixed (byte* text = Text(source.Text), name = Text(source.Name + ".cu"))
        {
            Require(createProgram(&program, text, name, 0, null, null), "nvrtcCreateProgram");
        }

        try
        {
            int status = Compile(program, [target.Option, "--std=c++17", .. source.Options]);
            if (status != Success)
            {
                string log = Encoding.UTF8.GetString(Read(program, "nvrtcGetProgramLogSize", "nvrtcGetProgramLog")).TrimEnd(
                    '\0', '\n');
                throw new CudaException(
                    $"NVRTC {Version} could not compile {source.Name} for {target.Option} ({Describe(status)}): {log}");
            }

            return target.IsBinary
                ? Read(program, "nvrtcGetCUBINSize", "nvrtcGetCUBIN")
                : Read(program, "nvrtcGetPTXSize", "nvrtcGetPTX");
        }
        finally
        {
            _ = destroyProgram(&program);
        }
    }

    /// <summary>Loads the first of some files that is there.</summary>
    internal static NvrtcCompiler Load(IEnumerable<string> candidates)
    {
        var searched = new List<string>();
        foreach (string candidate in candidates)
        {
            if (NativeLibrary.TryLoad(candidate, out nint library))
            {
                return new NvrtcCompiler(candidate, library);
            }

            searched.Add(candidate);
        }

        throw new CudaException(
            $"NVRTC was not found ({string.Join(", ", searched)}): install a libtorch with CUDA, "
                + $"or set {NvrtcFiles.OverrideVariable} to its file");
    }

    private int Compile(nint program, string[] options)
    {
        var texts = new nint[options.Length];
        try
        {
            for (int i = 0; i < options.Length; i++)
            {
                texts[i] = Marshal.StringToCoTaskMemUTF8(options[i]);
            }

            fixed (nint* pointers = texts)
            {
                return compileProgram(program, options.Length, (byte**)pointers);
            }
        }
        finally
        {
            Array.ForEach(texts, Marshal.FreeCoTaskMem);
        }
    }

    private byte[] Read(nint program, string sizeOf, string contentsOf)
    {
        nuint size;
        Require(((delegate* unmanaged<nint, nuint*, int>)Export(sizeOf))(program, &size), sizeOf);
        var contents = new byte[checked((int)size)];
        fixed (byte* target = contents)
        {
            Require(((delegate* unmanaged<nint, byte*, int>)Export(contentsOf))(program, target), contentsOf);
        }

        return contents;
    }

    private nint Export(string name) => NativeLibrary.TryGetExport(library, name, out nint address)
        ? address
        : throw new CudaException($"{File} has no {name}: NVRTC 11.2 or newer is needed");

    private void Require(int status, string call)
    {
        if (status != Success)
        {
            throw new CudaException($"{call} of {File} failed: {Describe(status)}");
        }
    }

    private string Describe(int status)
    {
        byte* text = ((delegate* unmanaged<int, byte*>)Export("nvrtcGetErrorString"))(status);
        return Marshal.PtrToStringUTF8((nint)text) ?? status.ToString(CultureInfo.InvariantCulture);
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text + '\0');
}
