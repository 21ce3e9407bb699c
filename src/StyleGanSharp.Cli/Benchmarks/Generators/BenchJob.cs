using System.Globalization;
using System.Text.Json;
using StyleGanSharp.Benchmarking.Convolutions;
using StyleGanSharp.Benchmarking.Generators;
using StyleGanSharp.Benchmarking.Machine;
using StyleGanSharp.Cli.Options;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Cli.Benchmarks.Generators;

/// <summary>
/// Carries out <c>bench</c>: the ceiling and then the generators, all in one run, because machines differ from hour to hour; one
/// process for each row, because a process has one peak of memory.
/// </summary>
internal static class BenchJob
{
    /// <summary>Measures everything that was asked for.</summary>
    /// <param name="options">What to measure.</param>
    /// <param name="deviceArguments">The device's options, for the processes of the rows.</param>
    /// <param name="findDevice">Loads libtorch and finds the device.</param>
    /// <param name="output">Takes the progress.</param>
    /// <param name="cancel">Ends the measurement.</param>
    internal static BenchReport Run(
        BenchOptions options, IReadOnlyList<string> deviceArguments, Func<Device> findDevice, CommandOutput output,
        CancellationToken cancel)
    {
        options = Located(options, output, cancel);
        Device device = findDevice();
        var machine = MachineInfo.Of(device);
        output.Say("Measuring the convolution ceiling ...");
        CeilingRow[] ceiling;
        using (GradMode mode = GradMode.Off())
        {
            ceiling = ConvolutionCeiling.Measure(device, options.Seconds, cancel);
        }

        TensorMemory.Release(); // The rows need it.
        CultureInfo plain = CultureInfo.InvariantCulture;
        var rows = new List<GeneratorRow>();
        foreach ((string[] choice, int batch, Precision precision) in options.Rows().SelectMany(
            row => BenchPrecision.Of(options.Precision, device, Reduces(row.Choice)).Select(p => (row.Choice, row.Batch, p))))
        {
            string name = PrecisionNames.Of(precision), what = $"{choice[1]}, batch {batch}, {name}";
            output.Say($"Measuring {what} ...");
            string json = OwnProgram.Read(
                OwnProgram.Info([
                    "bench", "--row", .. choice, "--batch", batch.ToString(plain), "--precision", name, "--seconds",
                    options.Seconds.ToString(plain), .. deviceArguments]),
                $"The measurement of {what}", cancel);
            GeneratorRow row = JsonSerializer.Deserialize(json, BenchJson.Readable.GeneratorRow)!;
            double share = row.GflopPerImage / row.SecondsPerImage / (
                ConvolutionCeiling.Best(ceiling, row.Precision)
                    ?? ConvolutionCeiling.Best(ceiling, ConvolutionCeiling.Single)!.Value);
            rows.Add(row with { FractionOfCeiling = Math.Round(share, 4) });
        }

        return new BenchReport(machine, ceiling, rows);
    }

    // Older generations have no faster form; a snapshot's own generation shows when it is loaded, so only float32 is measured
    // unasked.
    private static bool Reduces(string[] choice) => BenchSubject.Find(choice[1])?.Reduces ?? choice[0] == "--resolution";

    // A snapshot is fetched and looked at first: what is wrong with it is said before minutes of measuring.
    private static BenchOptions Located(BenchOptions options, CommandOutput output, CancellationToken cancel)
    {
        if (options.Network is not string network || options.Subject is not null
            || (network == BenchSubject.Everything && !File.Exists(network)))
        {
            return options;
        }

        string path;
        try
        {
            path = ConsoleModels.Locate(network, output, cancel);
        }
        catch (UserException e) when (Path.GetFileName(network) == network)
        {
            throw new UserException(
                $"{e.Message} With random weights there are {BenchSubject.Names} and {BenchSubject.Everything}.");
        }

        GeneratorFile.Open(path);
        return options with { Network = path };
    }
}
