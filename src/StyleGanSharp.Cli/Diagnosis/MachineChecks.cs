using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using StyleGanSharp.Benchmarking.Machine;
using StyleGanSharp.Generation.Text;
namespace StyleGanSharp.Cli.Diagnosis;

/// <summary>Operating system, .NET, processor, memory.</summary>
internal static class MachineChecks
{
    private const long LowMemory = 2L << 30;

    private static readonly string[] CgroupLimits = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"];

    internal static IEnumerable<Finding> Run() =>
    [
        Finding.Ok("program", $"StyleGanSharp {typeof(MachineChecks).Assembly.GetName().Version!.ToString(3)}"),
        Finding.Ok("operating_system",
            $"{OperatingSystemName()}, {RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}"),
        Finding.Ok("dotnet", RuntimeInformation.FrameworkDescription),
        Finding.Ok("cpu", $"{Processor.Model}, {Environment.ProcessorCount} cores for this program"),
        Simd(),
        Memory(),
    ];

    private static string OperatingSystemName() =>
        SystemFile.Value("/etc/os-release", "PRETTY_NAME", '=') ?? RuntimeInformation.OSDescription;

    private static Finding Simd()
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return Finding.Ok("simd", "not x64: the portable paths and those of libtorch are used");
        }

        return Avx2.IsSupported
            ? Finding.Ok("simd", string.Join(", ", Processor.InstructionSets))
            : Finding.Warning("simd", "no AVX2", "Expect several times less speed; a processor made since 2015 has it.");
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
        .Select(line => long.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes)
            ? bytes : (long?)null)
        .FirstOrDefault(bytes => bytes > 0);

    private static long? Kilobytes(string key) =>
        SystemFile.Value("/proc/meminfo", key, ':') is string text
        && long.TryParse(text.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out long kilobytes)
            ? kilobytes << 10
            : null;
}
