using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace StyleGanSharp.Torch.Cuda;

/// <summary>
/// Compiled kernels in a folder, so that a process compiles nothing that an earlier one did. A file begins with the hash of
/// everything it was made from and the hash of the code; any that does not is as good as absent and is written anew.
/// </summary>
/// <param name="folder">Need not exist. Where it cannot be written, nothing is kept.</param>
public sealed class CudaCodeCache(string folder)
{
    private const int DigestSize = 32;
    private const int HeaderSize = 8 + (2 * DigestSize);

    // Ours take tens of KiB.
    private const long MostBytes = 64 << 20;

    private static ReadOnlySpan<byte> Magic => "SGCUDA1\n"u8;

    /// <summary>Hash of everything that the code depends on.</summary>
    /// <param name="source">Text and options.</param>
    /// <param name="target">What it is compiled for.</param>
    /// <param name="compiler">Version of NVRTC.</param>
    /// <param name="driver">Version of the driver.</param>
    /// <returns>SHA-256.</returns>
    public static byte[] Key(CudaSource source, CudaTarget target, Version compiler, int driver)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(compiler);
        string[] parts =
            [source.Text, .. source.Options, target.Option, compiler.ToString(), driver.ToString(CultureInfo.InvariantCulture)];

        // With their lengths: no two lists of parts make the same text.
        return SHA256.HashData(
            Encoding.UTF8.GetBytes(
                string.Concat(parts.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Length}:{p}")))));
    }

    /// <summary>The code of a key; null where there is none, or none that is whole.</summary>
    public byte[]? Read(string name, ReadOnlySpan<byte> key)
    {
        string path = PathOf(name, key);
        try
        {
            using FileStream file = File.OpenRead(path);
            if (file.Length is <= HeaderSize or > MostBytes)
            {
                return null;
            }

            var header = new byte[HeaderSize];
            var code = new byte[file.Length - HeaderSize];
            file.ReadExactly(header);
            file.ReadExactly(code);
            return header.AsSpan().StartsWith(Magic) && header.AsSpan(Magic.Length, DigestSize).SequenceEqual(key)
                && header.AsSpan(Magic.Length + DigestSize).SequenceEqual(SHA256.HashData(code)) ? code : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps code; other processes see all of it or nothing.</summary>
    /// <returns>False where it could not be written.</returns>
    public bool Write(string name, ReadOnlySpan<byte> key, ReadOnlySpan<byte> code)
    {
        string path = PathOf(name, key);
        string part = $"{path}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}.part";
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(part, [.. Magic, .. key, .. SHA256.HashData(code), .. code]);
            File.Move(part, path, overwrite: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private string PathOf(string name, ReadOnlySpan<byte> key) =>
        Path.Combine(folder, $"{name}-{Convert.ToHexStringLower(key[..8])}.cubin");
}
