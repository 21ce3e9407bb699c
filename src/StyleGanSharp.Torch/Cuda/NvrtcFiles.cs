using System.Diagnostics;

namespace StyleGanSharp.Torch.Cuda;

/// <summary>Where the run-time compiler may lie: it comes with every libtorch that has CUDA, under changing names.</summary>
internal static class NvrtcFiles
{
    /// <summary>Variable that names the file itself.</summary>
    internal const string OverrideVariable = "STYLEGAN_NVRTC";

    // Newest first. 11.2 stands for all of 11 since then.
    private static readonly string[] Versions = ["13", "12", "11.2"];

    /// <summary>Files and names to try, best first.</summary>
    internal static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable(OverrideVariable) is { Length: > 0 } chosen)
        {
            return [chosen];
        }

        // Names without a folder are left to the system's loader.
        return Folders().SelectMany(In).Concat(
            Versions.Select(v => OperatingSystem.IsWindows()
                ? $"nvrtc64_{v.Replace(".", "", StringComparison.Ordinal).PadRight(3, '0')}_0.dll" : $"libnvrtc.so.{v}"))
            .Append(OperatingSystem.IsWindows() ? "nvrtc.dll" : "libnvrtc.so").Distinct();
    }

    /// <summary>
    /// The compilers in one folder, also those with a digest in the name; not the library of built-ins that they load themselves.
    /// </summary>
    internal static IEnumerable<string> In(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        string pattern = OperatingSystem.IsWindows() ? "nvrtc64_*.dll" : "libnvrtc*.so*";
        return Directory.EnumerateFiles(folder, pattern)
            .Where(f => !Path.GetFileName(f).Contains("builtins", StringComparison.Ordinal)
                && !Path.GetFileName(f).Contains(".alt.", StringComparison.Ordinal))
            .OrderByDescending(f => f, StringComparer.Ordinal);
    }

    private static IEnumerable<string> Folders()
    {
        foreach (string folder in LibtorchFolders().Distinct())
        {
            yield return folder;

            // The Python package brings the compiler as a package of its own, two levels up.
            string packages = Path.GetFullPath(Path.Combine(folder, "..", "..", "nvidia"));
            yield return Path.Combine(packages, "cuda_nvrtc", OperatingSystem.IsWindows() ? "bin" : "lib");
            foreach (string version in Directory.Exists(packages) ? Directory.EnumerateDirectories(packages, "cu*") : [])
            {
                yield return Path.Combine(version, OperatingSystem.IsWindows() ? "bin" : "lib");
            }
        }

        foreach (string variable in (string[])["CUDA_HOME", "CUDA_PATH", "CONDA_PREFIX"])
        {
            if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } root)
            {
                yield return Path.Combine(root, "lib64");
                yield return Path.Combine(root, "lib");
                yield return Path.Combine(root, "bin");
            }
        }
    }

    // The loaded one, and the one that was chosen.
    private static IEnumerable<string> LibtorchFolders()
    {
        using Process process = Process.GetCurrentProcess();
        foreach (ProcessModule module in process.Modules)
        {
            if (module.ModuleName.Contains("torch_cpu", StringComparison.Ordinal)
                && Path.GetDirectoryName(module.FileName) is { Length: > 0 } folder)
            {
                yield return folder;
            }
        }

        if (Environment.GetEnvironmentVariable("LIBTORCH") is { Length: > 0 } root)
        {
            yield return Path.Combine(root, "lib");
        }
    }
}
