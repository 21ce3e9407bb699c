using StyleGanSharp.Torch.Interop;

namespace StyleGanSharp.Torch.Scripting;

/// <summary>
/// A TorchScript module (a file of <c>torch.jit.save</c>) in evaluation mode: the form in which the field's metric networks are
/// shared.
/// </summary>
/// <remarks>
/// Unlike a snapshot, such a file holds <b>code</b>, which libtorch's interpreter executes. It has no way to files or the network
/// of its own, but it can call every operator of libtorch; so only a file that the user named as one is ever loaded.
/// </remarks>
public sealed class ScriptModule : IDisposable
{
    /// <summary>Largest file accepted, in bytes; the largest of the field's detectors has 0.6 GB.</summary>
    public const int MaxBytes = 0x7FFF_FFC7;

    private readonly ScriptHandle handle;

    private ScriptModule(string path, ScriptHandle handle) => (Path, this.handle) = (path, handle);

    /// <summary>The file it came from.</summary>
    public string Path { get; }

    /// <summary>Loads a file onto a device.</summary>
    /// <param name="path">The file; see the remarks of this class about what is in it.</param>
    /// <param name="device">Where it computes; default: the CPU.</param>
    /// <exception cref="ScriptModuleException">The file is no TorchScript module or a damaged one.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static ScriptModule Load(string path, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        var file = new FileInfo(path);
        if (file is { Exists: true, Length: > MaxBytes })
        {
            throw new ScriptModuleException(
                path, $"has {file.Length} bytes, more than any detector: at most {MaxBytes} are read");
        }

        return Load(path, File.ReadAllBytes(path), device);
    }

    /// <summary>Loads a module that lies inside another file.</summary>
    /// <param name="path">The file, for messages and names.</param>
    /// <param name="bytes">The module; see the remarks of this class about what is in it.</param>
    /// <param name="device">Where it computes; default: the CPU.</param>
    /// <exception cref="ScriptModuleException">The bytes are no TorchScript module or a damaged one.</exception>
    public static ScriptModule Load(string path, ReadOnlyMemory<byte> bytes, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ScriptArchive.Require(path, bytes);
        ScriptHandle? handle = null;
        try
        {
            handle = new ScriptHandle(Native.ModuleLoad(bytes.Span));
            if (device is { Type: not DeviceType.Cpu } place)
            {
                Native.ModuleTo(handle, place);
            }

            return new ScriptModule(path, handle);
        }
        catch (TorchException e) when (e is not TorchOutOfMemoryException)
        {
            handle?.Dispose();
            throw new ScriptModuleException(path, $"could not be loaded by this libtorch ({Shortened(e.Message)})", e);
        }
    }

    /// <summary>Calls the module.</summary>
    /// <param name="input">Its first argument, on the module's device.</param>
    /// <param name="flags">Keyword arguments, truth values by name.</param>
    /// <exception cref="ScriptModuleException">The module failed, or returned no tensor.</exception>
    /// <exception cref="TorchOutOfMemoryException">Memory is exhausted.</exception>
    public Tensor Call(Tensor input, params ReadOnlySpan<(string Name, bool Value)> flags)
    {
        ArgumentNullException.ThrowIfNull(input);
        var names = new string[flags.Length];
        var values = new byte[flags.Length];
        for (int i = 0; i < flags.Length; i++)
        {
            (names[i], values[i]) = (flags[i].Name, flags[i].Value ? (byte)1 : (byte)0);
        }

        int status = Native.ModuleCall(handle, input.Handle, names, values, names.Length, out nint result);
        if (status == Native.Ok)
        {
            return new Tensor(result);
        }

        TorchException cause = Native.CreateException(status);
        throw cause is TorchOutOfMemoryException
            ? cause
            : new ScriptModuleException(
                Path, $"failed when it was called with {input} and ({string.Join(", ", names)}): {Shortened(cause.Message)}",
                cause);
    }

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();

    // The interpreter's message is a trace of the script's lines, the reason being the last one; other messages begin with it.
    private static string Shortened(string message)
    {
        string[] lines = message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string reason = Array.FindLast(lines, l => l.Contains("Error: ", StringComparison.Ordinal))
            ?? lines.FirstOrDefault("no reason given");
        return reason.TrimEnd('.');
    }
}
