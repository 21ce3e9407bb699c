using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using StyleGanSharp.Cli.Output;

namespace StyleGanSharp.Cli.Diagnosis;

/// <summary>Operating system, .NET, processor, memory.</summary>
internal static class MachineChecks
{
    private const long LowMemory = 2L << 30;

    private static readonly string[] CgroupLimits = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"];

    internal static IEnumerable<Finding> Run() =>
    [
        Finding.Ok("program", $"StyleGanSharp {typeof(MachineChecks).Assembly.GetName().Version!.ToString(3)}"),
        Finding.Ok("operating_system", $"{OperatingSystemName()}, {RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}"),
        Finding.Ok("dotnet", RuntimeInformation.FrameworkDescription),
        Finding.Ok("cpu", $"{CpuModel()}, {Environment.ProcessorCount} cores for this program"),
        Simd(),
        Memory(),
    ];

    private static string OperatingSystemName() =>
        SystemFile.Value("/etc/os-release", "PRETTY_NAME", '=') ?? RuntimeInformation.OSDescription;

    private static string CpuModel() =>
        SystemFile.Value("/proc/cpuinfo", "model name", ':') ?? RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    private static Finding Simd()
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return Finding.Ok("simd", "not x64: the portable paths and those of libtorch are used");
        }

        string[] flags = (SystemFile.Value("/proc/cpuinfo", "flags", ':') ?? "").Split(' ');
        var found = new List<string>();
        Add(Avx2.IsSupported, "AVX2");
        Add(Avx512F.IsSupported, "AVX-512");
        Add(flags.Contains("avx512_bf16"), "AVX-512 bf16");
        Add(flags.Contains("amx_bf16"), "AMX bf16");
        return Avx2.IsSupported
            ? Finding.Ok("simd", string.Join(", ", found))
            : Finding.Warning("simd", "no AVX2", "Expect several times less speed; a processor made since 2015 has it.");

        void Add(bool has, string name)
        {
            if (has)
            {
                found.Add(name);
            }
        }
    }

    private static Finding Memory()
    {
        long total = Kilobytes("MemTotal") ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        long available = Kilobytes("MemAvailable") ?? total;
        if (CgroupLimit() is long limit && limit < total)
        {
            (total, available) = (limit, Math.Min(available, limit));
        }

        string value = $"{ByteSize.Show(available)} available of {ByteSize.Show(total)}";
        return available >= LowMemory
            ? Finding.Ok("memory", value)
            : Finding.Warning("memory", value, "Networks of 512x512 and more may need more: close other programs.");
    }

    // A container may use less than the machine has.
    private static long? CgroupLimit() => CgroupLimits.SelectMany(SystemFile.Lines)
        .Select(line => long.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes) ? bytes : (long?)null)
        .FirstOrDefault(bytes => bytes > 0);

    private static long? Kilobytes(string key) =>
        SystemFile.Value("/proc/meminfo", key, ':') is string text
        && long.TryParse(text.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out long kilobytes)
            ? kilobytes << 10
            : null;
}
