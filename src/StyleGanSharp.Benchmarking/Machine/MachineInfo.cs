using System.Globalization;
using System.Runtime.InteropServices;

using StyleGanSharp.Torch;

namespace StyleGanSharp.Benchmarking.Machine;

/// <summary>On what, with what and when something was measured.</summary>
/// <param name="Program">Version of this program.</param>
/// <param name="Processor">Its name.</param>
/// <param name="Cores">Cores that this process may use.</param>
/// <param name="InstructionSets">Those that matter here.</param>
/// <param name="Runtime">.NET's version.</param>
/// <param name="Libtorch">libtorch's version; null: it has no part in the measurement.</param>
/// <param name="Device">Where it was computed; null likewise.</param>
/// <param name="Threads">Threads of one operator; null likewise.</param>
/// <param name="OmpWaitPolicy">How idle threads wait, from the environment; null: the library's default.</param>
/// <param name="Load">Processes that wanted to run in the minute before, on average; null: the system does not tell.</param>
/// <param name="Date">UTC, ISO 8601.</param>
internal sealed record MachineInfo(
    string Program, string Processor, int Cores, string[] InstructionSets, string Runtime, string? Libtorch, string? Device,
    int? Threads,
    string? OmpWaitPolicy, double? Load, string Date)
{
    // More than this of the cores in use by others: nothing that is measured can be trusted.
    private const double BusyShare = 0.25;

    /// <summary>This machine, now: before measuring, which is a load itself.</summary>
    /// <param name="device">Where it is computed; null: without libtorch.</param>
    internal static MachineInfo Of(Device? device) => new(
        typeof(MachineInfo).Assembly.GetName().Version!.ToString(3),
        Machine.Processor.Model,
        Environment.ProcessorCount,
        Machine.Processor.InstructionSets,
        RuntimeInformation.FrameworkDescription,
        device is null ? null : TorchLibrary.Version,
        device?.ToString(),
        device is null ? null : TorchLibrary.Threads,
        Environment.GetEnvironmentVariable("OMP_WAIT_POLICY"),
        LoadAverage(),
        DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));

    /// <summary>The same in one or two lines.</summary>
    internal void Write(TextWriter output)
    {
        output.WriteLine($"{Processor}, {Cores} cores ({string.Join(", ", InstructionSets)}), {Date}");
        if (Libtorch is not null)
        {
            output.WriteLine($"libtorch {Libtorch} on {Device}, {Threads} threads");
        }

        if (Load > BusyShare * Cores)
        {
            output.WriteLine(
                $"The machine was busy when this began (load {Load:0.0}): do not trust these figures, nor 'reached'.");
        }

        output.WriteLine();
    }

    private static double? LoadAverage() =>
        SystemFile.Lines("/proc/loadavg").FirstOrDefault()?.Split(' ')[0] is string text
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double load)
            ? load
            : null;
}
