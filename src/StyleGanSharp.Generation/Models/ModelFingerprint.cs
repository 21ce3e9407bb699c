using System.IO.Hashing;

namespace StyleGanSharp.Generation.Models;

/// <summary>
/// Tells whether two files hold the same network: a hash of the file's length and of samples of its content, the same for every
/// copy. Networks differ in nearly all of their weights, so samples find every other training; it protects against mistakes, not
/// against forgery.
/// </summary>
public static class ModelFingerprint
{
    private const int Samples = 64;
    private const int SampleBytes = 4096;

    /// <summary>The fingerprint of a file, 32 hexadecimal digits.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string Of(string path)
    {
        using FileStream file = File.OpenRead(path);
        var hash = new XxHash128();
        hash.Append(BitConverter.GetBytes(file.Length));
        var buffer = new byte[SampleBytes];
        for (int i = 0; i < Samples; i++)
        {
            // The first sample begins the file, the last one ends it; in a small file they overlap.
            file.Position = Math.Max(0, file.Length - SampleBytes) * i / (Samples - 1);
            int count = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            hash.Append(buffer.AsSpan(0, count));
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
