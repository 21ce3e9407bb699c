using System.IO.Compression;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Checkpoints.PyTorch;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.IO;
using StyleGanSharp.Torch.Scripting;

namespace StyleGanSharp.Networks.Features;

/// <summary>What files of feature networks have in common: telling them apart, loading scripts, one kind of error.</summary>
internal static class FeatureFile
{
    private const int HeadBytes = 16;
    private const int SafetensorsHeader = 8;
    private const byte PickleProtocol = 0x80;

    /// <summary>Tells from the content what a file is; an ending of <c>.safetensors</c> is believed.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal static FeatureFileKind KindOf(string path)
    {
        using FileStream stream = File.OpenRead(path);
        Span<byte> buffer = stackalloc byte[HeadBytes];
        ReadOnlySpan<byte> head = buffer[..stream.ReadAtLeast(buffer, HeadBytes, throwOnEndOfStream: false)];
        return path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase) ? FeatureFileKind.Safetensors
            : TorchStream.IsStream(head) ? FeatureFileKind.Torch
            : head.StartsWith("PK"u8) ? KindOfArchive(stream)
            : head.Length > 0 && head[0] == PickleProtocol ? FeatureFileKind.Pickle
            : head.Length > SafetensorsHeader && head[SafetensorsHeader] == '{' ? FeatureFileKind.Safetensors
            : FeatureFileKind.Script;
    }

    /// <summary>Whether a file holds a script (<see cref="LoadScript"/>) rather than weights.</summary>
    internal static bool IsScript(string path) => KindOf(path) is FeatureFileKind.Script or FeatureFileKind.Pickle;

    /// <summary>Loads a TorchScript file, or the one inside a pickle.</summary>
    /// <exception cref="ScriptModuleException">It is none, or damaged.</exception>
    /// <exception cref="SnapshotException">A pickle is damaged or asks for foreign code.</exception>
    /// <exception cref="FeatureException">A pickle holds no script.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal static ScriptModule LoadScript(string path, Device device) => KindOf(path) == FeatureFileKind.Pickle
        ? ScriptModule.Load(path, WrappedScript.Find(path), device)
        : ScriptModule.Load(path, device);

    /// <summary>Reads with the one exception that callers of this folder catch.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="read">Reads it.</param>
    /// <exception cref="FeatureException">The file cannot be used, whatever the reason.</exception>
    internal static T Reading<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is SafetensorsException or ScriptModuleException or SnapshotException)
        {
            throw new FeatureException(e.Message, e);
        }
        catch (FileNotFoundException e)
        {
            throw new FeatureException($"{e.FileName ?? path} does not exist.", e);
        }
        catch (DirectoryNotFoundException e)
        {
            throw new FeatureException($"{path} does not exist.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FeatureException($"{path} cannot be read: {e.Message.TrimEnd('.')}.", e);
        }
    }

    private static FeatureFileKind KindOfArchive(FileStream stream)
    {
        try
        {
            stream.Seek(0, SeekOrigin.Begin);
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            bool isScript = archive.Entries.Any(e => e.FullName.EndsWith("/constants.pkl", StringComparison.Ordinal));
            bool isTorch = archive.Entries.Any(e => e.FullName.EndsWith("/data.pkl", StringComparison.Ordinal));
            return isTorch && !isScript ? FeatureFileKind.Torch : FeatureFileKind.Script;
        }
        catch (InvalidDataException)
        {
            return FeatureFileKind.Script;
        }
    }
}
