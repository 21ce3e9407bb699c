using StyleGanSharp.Benchmarking.Machine;
using StyleGanSharp.Networks;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Benchmarking.Convolutions;

/// <summary>
/// The most arithmetic this machine does in a plain 3x3 convolution, with the shapes that style networks spend their time on:
/// what no network on the same library can beat. In bfloat16 too where the processor computes with it.
/// </summary>
internal static class ConvolutionCeiling
{
    internal const string Single = "fp32";
    internal const string Half = "bf16";

    /// <summary>The name of what a precision multiplies.</summary>
    internal static string Name(Precision precision) => precision == Precision.Fast ? Half : Single;

    private const double Budget = 2;

    private static readonly (int Channels, int Resolution)[] Shapes = [(512, 64), (256, 128), (128, 256), (64, 512), (32, 1024)];

    /// <summary>Measures all shapes.</summary>
    /// <param name="device">Where.</param>
    /// <param name="seconds">Longest measurement of a row; each has at most 2 s in any case.</param>
    /// <param name="cancel">Ends the measurement between two runs.</param>
    internal static CeilingRow[] Measure(Device device, double seconds, CancellationToken cancel)
    {
        (DType Type, MemoryFormat Format, string Name)[] forms =
        [
            (DType.Float32, MemoryFormat.Contiguous, Single),
            (DType.Float32, MemoryFormat.ChannelsLast, Single),
            .. device.Type == DeviceType.Cuda || Processor.HasBrainFloat
                ? new[] { (DType.BFloat16, MemoryFormat.ChannelsLast, Half) } : [],
        ];
        using var generator = new RandomGenerator(0);
        var rows = new List<CeilingRow>();
        foreach ((int channels, int resolution) in Shapes)
        {
            foreach ((DType type, MemoryFormat format, string name) in forms)
            {
                using var scope = new TensorScope();
                Tensor x = Tensor.RandN([1, channels, resolution, resolution], generator).To(device).To(type).Contiguous(format);
                Tensor w = Tensor.RandN([channels, channels, 3, 3], generator).To(device).To(type).Contiguous(format);
                double best = Timing.Measure(
                    device, Math.Min(Budget, seconds), () => Functional.Conv2d(x, w, padding: (1, 1)), cancel)[0];
                double gflop = 2.0 * 9 * channels * channels * resolution * resolution / 1e9;
                rows.Add(new CeilingRow(
                    channels, resolution, format == MemoryFormat.ChannelsLast, name, Math.Round(gflop / best, 1)));
            }
        }

        return [.. rows];
    }

    /// <summary>The best of all shapes, 10^9 operations per second; null: not measured.</summary>
    internal static double? Best(IEnumerable<CeilingRow> rows, string precision) =>
        rows.Where(r => r.Precision == precision).Select(r => (double?)r.Gflops).Max();
}
