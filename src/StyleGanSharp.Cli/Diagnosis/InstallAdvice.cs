namespace StyleGanSharp.Cli.Diagnosis;

/// <summary>The command that installs something here.</summary>
internal static class InstallAdvice
{
    /// <param name="package">Debian's and Ubuntu's package.</param>
    /// <param name="brew">macOS: Homebrew's.</param>
    /// <param name="otherwise">What to do everywhere else.</param>
    internal static string For(string package, string brew, string otherwise) =>
        OperatingSystem.IsLinux() && File.Exists("/etc/debian_version") ? $"apt-get install {package}"
        : OperatingSystem.IsMacOS() ? $"brew install {brew}"
        : otherwise;
}
