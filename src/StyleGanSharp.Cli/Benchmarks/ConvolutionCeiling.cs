using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.Benchmarks;

/// <summary>
/// The most arithmetic this machine does in a plain 3x3 convolution, with the shapes that style networks spend their time on: what
/// no network on the same library can beat.
/// </summary>
internal static class ConvolutionCeiling
{
    private const double Budget = 2;

    private static readonly (int Channels, int Resolution)[] Shapes = [(512, 64), (256, 128), (128, 256), (64, 512), (32, 1024)];

    internal static CeilingRow[] Measure(Device device, CancellationToken cancel)
    {
        using var generator = new RandomGenerator(0);
        var rows = new List<CeilingRow>();
        foreach ((int channels, int resolution) in Shapes)
        {
            foreach (MemoryFormat format in new[] { MemoryFormat.Contiguous, MemoryFormat.ChannelsLast })
            {
                using var scope = new TensorScope();
                Tensor x = Tensor.RandN([1, channels, resolution, resolution], generator).To(device).Contiguous(format);
                Tensor w = Tensor.RandN([channels, channels, 3, 3], generator).To(device).Contiguous(format);
                double seconds = Timing.Measure(device, Budget, () => Functional.Conv2d(x, w, padding: (1, 1)), cancel)[0];
                double gflop = 2.0 * 9 * channels * channels * resolution * resolution / 1e9;
                rows.Add(new CeilingRow(channels, resolution, format == MemoryFormat.ChannelsLast, gflop / seconds));
            }
        }

        return [.. rows];
    }
}
