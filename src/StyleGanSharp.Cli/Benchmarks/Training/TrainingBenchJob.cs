using System.Text.Json;
using StyleGanSharp.Benchmarking.Machine;
using StyleGanSharp.Benchmarking.Training;
using StyleGanSharp.Cli.Options;
using StyleGanSharp.Networks;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.Benchmarks.Training;

/// <summary>Carries out <c>bench train</c>: one process for each workload, because a process has one peak of memory.</summary>
internal static class TrainingBenchJob
{
    /// <summary>Measures one workload here, or all of them in processes of their own.</summary>
    internal static TrainingReport Run(
        string? only, Precision? precision, IReadOnlyList<string> deviceArguments, Func<Device> findDevice, CommandOutput output,
        CancellationToken cancel)
    {
        TrainingWorkload[] workloads = [.. TrainingWorkload.All.Where(w => only is null || w.Name == only)];
        if (workloads.Length == 0)
        {
            throw new UserException(
                $"--workload {only}: there are {string.Join(", ", TrainingWorkload.All.Select(w => w.Name))}.");
        }

        Device device = findDevice();
        Precision[] precisions = BenchPrecision.Of(precision, device, isTraining: true);
        if (only is not null && precisions.Length == 1)
        {
            return new TrainingReport(
                MachineInfo.Of(device), [TrainingBenchmark.Measure(workloads[0], precisions[0], device, cancel)]);
        }

        var reports = new List<TrainingReport>();
        foreach ((TrainingWorkload workload, string name) in workloads.SelectMany(
            w => precisions.Select(p => (w, PrecisionNames.Of(p)))))
        {
            output.Say($"Measuring {workload.Title}, {name} ...");
            string json = OwnProgram.Read(
                OwnProgram.Info([
                    "bench", "train", "--workload", workload.Name, "--precision", name, "--json", .. deviceArguments]),
                $"The measurement of {workload.Name}", cancel);
            reports.Add(JsonSerializer.Deserialize(json, BenchJson.Readable.TrainingReport)!);
        }

        return new TrainingReport(reports[0].Machine, [.. reports.SelectMany(r => r.Training)]);
    }
}
