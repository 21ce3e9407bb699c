using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace StyleGanSharp.Benchmarking.Machine;

/// <summary>The processor of this machine.</summary>
internal static class Processor
{
    /// <summary>What its maker calls it, where the system tells; else its architecture.</summary>
    internal static string Model =>
        SystemFile.Value("/proc/cpuinfo", "model name", ':')
            ?? RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    /// <summary>
    /// The instruction sets of an x64 processor that matter here, as this process may use them; empty for others.
    /// </summary>
    internal static string[] InstructionSets
    {
        get
        {
            string[] flags = RuntimeInformation.ProcessArchitecture == Architecture.X64
                ? (SystemFile.Value("/proc/cpuinfo", "flags", ':') ?? "").Split(' ')
                : [];
            (bool Has, string Name)[] sets =
            [
                (Avx2.IsSupported, "AVX2"), (Avx512F.IsSupported, "AVX-512"),
                (flags.Contains("avx512_bf16"), "AVX-512 bf16"), (flags.Contains("amx_bf16"), "AMX bf16"),
            ];
            return [.. sets.Where(s => s.Has).Select(s => s.Name)];
        }
    }

    /// <summary>Whether it multiplies bfloat16 numbers by itself.</summary>
    internal static bool HasBrainFloat => InstructionSets.Any(s => s.EndsWith("bf16", StringComparison.Ordinal));
}
