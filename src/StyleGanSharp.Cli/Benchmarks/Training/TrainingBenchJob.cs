using System.Text.Json;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.Benchmarks.Training;

/// <summary>Carries out <c>bench train</c>: one process for each workload, because a process has one peak of memory.</summary>
internal static class TrainingBenchJob
{
    /// <summary>Measures one workload here, or all of them in processes of their own.</summary>
    internal static TrainingReport Run(
        string? only, IReadOnlyList<string> deviceArguments, Func<Device> findDevice, CommandOutput output, CancellationToken cancel)
    {
        if (only is not null)
        {
            TrainingWorkload workload = Array.Find(TrainingWorkload.All, w => w.Name == only)
                ?? throw new UserException($"--workload {only}: there are {string.Join(", ", TrainingWorkload.All.Select(w => w.Name))}.");
            Device device = findDevice();
            return new TrainingReport(MachineInfo.Of(device), [TrainingBenchmark.Measure(workload, device, cancel)]);
        }

        var reports = new List<TrainingReport>();
        foreach (TrainingWorkload workload in TrainingWorkload.All)
        {
            output.Say($"Measuring {workload.Title} ...");
            string json = OwnProgram.Read(
                OwnProgram.Info(["bench", "train", "--workload", workload.Name, "--json", .. deviceArguments]),
                $"The measurement of {workload.Name}", cancel);
            reports.Add(JsonSerializer.Deserialize(json, BenchJson.Readable.TrainingReport)!);
        }

        return new TrainingReport(reports[0].Machine, [.. reports.SelectMany(r => r.Training)]);
    }
}
