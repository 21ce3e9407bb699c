using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using StyleGanSharp.Benchmarking.Machine;
using StyleGanSharp.Benchmarking.Operators;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.Benchmarks.Operators;

/// <summary>
/// Carries out <c>bench operators</c>: this process measures each operator as networks call it, another one its reference right
/// after it, with the switch that turns fast operators off in its environment.
/// </summary>
internal static class OperatorBenchJob
{
    /// <summary>The switch: 1 turns fast operators off, wherever the library honours it.</summary>
    internal const string Switch = "STYLEGAN_REFERENCE_OPS";

    /// <summary>Measures all operators.</summary>
    /// <param name="seconds">Longest measurement of a row.</param>
    /// <param name="deviceArguments">The device's options, for the other processes.</param>
    /// <param name="device">Where.</param>
    /// <param name="output">Takes the progress.</param>
    /// <param name="cancel">Ends the measurement.</param>
    internal static OperatorReport Run(
        double seconds, IReadOnlyList<string> deviceArguments, Device device, CommandOutput output, CancellationToken cancel)
    {
        var machine = MachineInfo.Of(device);
        var rows = new List<OperatorRow>();
        foreach (OperatorCase one in OperatorCase.All)
        {
            output.Say($"Measuring {one.Name} ...");
            OperatorRow[] own = OperatorBenchmark.Measure(one, reference: false, device, seconds, cancel);
            TensorMemory.Release();
            ProcessStartInfo start = OwnProgram.Info(
                ["bench", "operators", "--reference", one.Name, "--seconds", seconds.ToString(CultureInfo.InvariantCulture),
                    .. deviceArguments]);
            start.Environment[Switch] = "1";
            string json = OwnProgram.Read(start, $"The measurement of {one.Name}", cancel);
            OperatorReport references = JsonSerializer.Deserialize(json, BenchJson.Readable.OperatorReport)!;
            rows.AddRange(own.Zip(references.Operators, (row, other) => row with { ReferenceSeconds = other.Seconds }));
        }

        return new OperatorReport(machine, rows);
    }

    /// <summary>Measures the reference of one operator: what the other process is asked for.</summary>
    /// <exception cref="UserException">There is no operator of the name.</exception>
    internal static OperatorReport Reference(string name, double seconds, Device device, CancellationToken cancel)
    {
        OperatorCase one = Array.Find(OperatorCase.All, c => c.Name == name)
            ?? throw new UserException(
                $"--reference {name}: there are {string.Join(", ", OperatorCase.All.Select(c => c.Name))}.");
        return new OperatorReport(
            MachineInfo.Of(device), OperatorBenchmark.Measure(one, reference: true, device, seconds, cancel));
    }
}
