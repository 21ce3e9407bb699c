namespace StyleGanSharp.Generation.Videos;

/// <summary>Finds the system's ffmpeg.</summary>
public static class FfmpegProgram
{
    private const string Advice = "install the package ffmpeg (Debian, Ubuntu: apt-get install ffmpeg), or use";

    /// <summary>
    /// Its full path, from the folders of PATH only: never from the current folder; null when it is not installed.
    /// </summary>
    public static string? TryFind()
    {
        string name = OperatingSystem.IsWindows() ? "ffmpeg.exe" : "ffmpeg";
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Where(Path.IsPathFullyQualified)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>Its full path.</summary>
    /// <param name="role">What it is needed for, for example "which writes .mp4".</param>
    /// <param name="otherwise">What works without it.</param>
    /// <exception cref="GenerationException">
    /// It is not installed; the message says how to get it, and what works without.
    /// </exception>
    internal static string Find(string role, string otherwise = "single frames, which work") =>
        TryFind() ?? throw new GenerationException(
        $"ffmpeg, {role}, is not installed: {Advice} {otherwise} without it.");
}
