using System.Globalization;
using StyleGanSharp.Benchmarking;
using StyleGanSharp.Benchmarking.Generators;
using StyleGanSharp.Benchmarking.Machine;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Cli.Benchmarks.Starting;

/// <summary>
/// Carries out <c>bench start</c>: whole processes of this program with a warm disk cache. The launcher of a checkout adds a few
/// milliseconds that are not measured here.
/// </summary>
internal static class StartBenchJob
{
    private const string Subject = "stylegan2-256"; // its file has 100 MB

    /// <summary>Writes a network with random weights, runs everything, and removes it.</summary>
    /// <param name="runs">Runs of each kind.</param>
    /// <param name="deviceArguments">The device's options, for the processes.</param>
    /// <param name="device">Where the images are made.</param>
    /// <param name="output">Takes the progress.</param>
    /// <param name="cancel">Ends the measurement.</param>
    internal static StartReport Run(
        int runs, IReadOnlyList<string> deviceArguments, Device device, CommandOutput output, CancellationToken cancel)
    {
        using var folder = new TemporaryFolder();
        var machine = MachineInfo.Of(device);
        string network = folder.File("network.safetensors");
        using (GradMode mode = GradMode.Off())
        using (IGenerator generator = BenchSubject.Find(Subject)!.CreateRandom())
        {
            NetworkFile.Write(network, generator);
        }

        TensorMemory.Release();
        long size = new FileInfo(network).Length;
        string title = string.Create(CultureInfo.InvariantCulture, $"generate one 256x256 image from {size / 1e6:0} MB");
        (string Name, string Title, string[] Arguments)[] kinds =
        [
            ("start", "--version", ["--version"]),
            ("load", "load libtorch and end", ["bench", "start", "--load", .. deviceArguments]),
            ("generate", title, [
                "generate", "--network", network, "--seeds", "0", "--outdir", folder.File("pictures"), .. deviceArguments]),
        ];
        var rows = new List<StartRow>();
        foreach ((string name, string what, string[] arguments) in kinds)
        {
            output.Say($"Measuring {what} ...");
            rows.Add(Measure(name, what, arguments, runs, cancel));
        }

        return new StartReport(machine, size, rows);
    }

    private static StartRow Measure(string name, string title, string[] arguments, int runs, CancellationToken cancel)
    {
        MeasuredProcess.Run(arguments, cancel); // fills the disk cache
        MeasuredProcess[] measured = [.. Enumerable.Range(0, runs).Select(_ => MeasuredProcess.Run(arguments, cancel))];
        double[] seconds = [.. measured.Select(m => Math.Round(m.Seconds, 4)).Order()];
        long peak = measured.Max(m => m.PeakBytes);
        return new StartRow(
            name, title, seconds[0], seconds[runs / 2], runs, peak > 0 ? peak : null, Goals.Seconds(Goals.Start, name));
    }
}
