namespace StyleGanSharp.Cli.Videos;

/// <summary>Finds the system's ffmpeg.</summary>
internal static class FfmpegProgram
{
    /// <summary>Its full path, from the folders of PATH only: never from the current folder.</summary>
    /// <exception cref="RunException">It is not installed; the message says how to get it, and what works without.</exception>
    internal static string Find()
    {
        string name = OperatingSystem.IsWindows() ? "ffmpeg.exe" : "ffmpeg";
        string? found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Where(Path.IsPathFullyQualified)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
        return found ?? throw new RunException(
            "ffmpeg, which writes .mp4, .webm and .gif, is not installed: install the package ffmpeg (Debian, Ubuntu: apt-get install ffmpeg), or use --frames DIR, which works without it.");
    }
}
