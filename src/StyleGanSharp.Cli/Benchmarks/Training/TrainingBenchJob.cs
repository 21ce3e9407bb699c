using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.Benchmarks.Training;

/// <summary>Carries out <c>bench train</c>: one process for each workload, because a process has one peak of memory.</summary>
internal static class TrainingBenchJob
{
    internal static void Run(string? only, bool json, IReadOnlyList<string> deviceArguments, Func<Device> device, CommandOutput output, CancellationToken cancel)
    {
        if (only is not null)
        {
            TrainingWorkload workload = Array.Find(TrainingWorkload.All, w => w.Name == only)
                ?? throw new UserException($"--workload {only}: there are {string.Join(", ", TrainingWorkload.All.Select(w => w.Name))}.");
            Write([TrainingBenchmark.Measure(workload, device(), cancel)], json, output);
            return;
        }

        var rows = new List<TrainingRow>();
        foreach (TrainingWorkload workload in TrainingWorkload.All)
        {
            output.Say($"Measuring {workload.Title} ...");
            rows.Add(InProcess(workload, deviceArguments, cancel));
        }

        Write(rows, json, output);
    }

    private static TrainingRow InProcess(TrainingWorkload workload, IReadOnlyList<string> deviceArguments, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        string[] arguments = ["bench", "train", "--workload", workload.Name, "--json", .. deviceArguments];
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "stylegan.dll"));
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start) ?? throw new RunException("The measuring process could not be started.");
        using CancellationTokenRegistration stop = cancel.Register(() => process.Kill());
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        cancel.ThrowIfCancellationRequested();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize(text, TrainingBenchJson.Default.TrainingRowArray)![0]
            : throw new RunException($"The measurement of {workload.Name} ended with exit code {process.ExitCode}.");
    }

    private static void Write(IReadOnlyList<TrainingRow> rows, bool json, CommandOutput output)
    {
        if (json)
        {
            output.Results.WriteLine(JsonSerializer.Serialize([.. rows], TrainingBenchJson.Default.TrainingRowArray));
            return;
        }

        CultureInfo plain = CultureInfo.InvariantCulture;
        output.Results.WriteLine($"{"workload",-66} {"s/kimg",8} {"official",9} {"times",6} {"peak GB",8}");
        foreach (TrainingRow row in rows)
        {
            output.Results.WriteLine(string.Create(
                plain, $"{row.Title,-66} {row.SecondsPerKimg,8:0.0} {row.Official,9:0} {row.Official / row.SecondsPerKimg,6:0.0} {row.PeakGigabytes,8:0.00}"));
        }
    }
}
