using System.Security.Cryptography;
using System.Text;

namespace StyleGanSharp.Generation.Models.Downloads;

/// <summary>Where downloaded networks are kept: STYLEGAN_CACHE, else stylegansharp below XDG_CACHE_HOME or ~/.cache.</summary>
public static class CacheFolder
{
    private const string Own = "STYLEGAN_CACHE";
    private const string Xdg = "XDG_CACHE_HOME";
    private const string Name = "stylegansharp";
    private const int MostCharacters = 100;

    /// <summary>The folder; it need not exist.</summary>
    public static string Find()
    {
        if (Environment.GetEnvironmentVariable(Own) is { Length: > 0 } own)
        {
            return Path.GetFullPath(own);
        }

        // By its specification, paths in it that are not absolute are ignored.
        string? xdg = Environment.GetEnvironmentVariable(Xdg);
        return Path.IsPathFullyQualified(xdg ?? "") ? Path.Combine(xdg!, Name)
            : OperatingSystem.IsWindows()
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), Name)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", Name);
    }

    /// <summary>
    /// File name of an address: its last part, and a few digits of its hash, since many networks have one name.
    /// </summary>
    internal static string FileName(Uri address)
    {
        string last = Uri.UnescapeDataString(address.Segments[^1]);
        string safe = string.Concat(last.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')).TrimStart('.');
        string name = safe.Length == 0 ? "network" : safe[..Math.Min(safe.Length, MostCharacters)];
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address.AbsoluteUri)))[..8];
        return $"{Path.GetFileNameWithoutExtension(name)}-{hash}{Path.GetExtension(name)}";
    }
}
