namespace StyleGanSharp.Benchmarking.Convolutions;

/// <summary>A convolution as libtorch is asked for it.</summary>
/// <param name="InChannels">Channels that it reads.</param>
/// <param name="OutChannels">Channels that it gives.</param>
/// <param name="Height">Rows that it reads.</param>
/// <param name="Width">Columns that it reads.</param>
/// <param name="Kernel">Width and height of the kernel.</param>
/// <param name="Stride">Step.</param>
/// <param name="Padding">Zeros on all sides; of a transposed one: samples cropped from all sides.</param>
/// <param name="Transposed">Whether it enlarges by the step instead of reducing by it.</param>
internal readonly record struct PlainConvolution(
    int InChannels, int OutChannels, int Height, int Width, int Kernel, int Stride = 1, int Padding = 0, bool Transposed = false)
{
    // A detour through so many numbers (1 GiB) is never the fastest way and may not fit into memory.
    private const long MaxDetour = 1L << 28;

    // What the widest vectors hold.
    private const int VectorChannels = 16;

    /// <summary>
    /// The ways to compute a convolution of a network with one plain convolution and a pass over memory, which every one of these
    /// places has anyway for its filter: the cheapest counts.
    /// </summary>
    /// <param name="shape">The convolution; none between features and colours, see <see cref="OperationFloor"/>.</param>
    /// <param name="batch">Images at a time.</param>
    internal static PlainConvolution[] Equivalents(ConvolutionShape shape, int batch)
    {
        (ConvolutionKind kind, int from, int to, int h, int w, int k) = shape;
        IEnumerable<PlainConvolution> ways = kind switch
        {
            ConvolutionKind.Same => WithWholeVectors(new(from, to, h, w, k, Padding: k / 2)),
            ConvolutionKind.Full => WithWholeVectors(new(from, to, h, w, k, Padding: k - 1)),

            // Four phases of 2x2 taps, or a matrix product to a column for each tap, whose columns the next pass adds up.
            ConvolutionKind.Doubled when k == 3 =>
                [new(from, to, h, w, 3, 2, Transposed: true), new(from, 4 * to, h, w, 2, Padding: 1), new(from, 9 * to, h, w, 1)],
            ConvolutionKind.Doubled => [new(from, to, h, w, k, 2, Transposed: true)],
            ConvolutionKind.BoxDoubled when k == 3 =>
                [new(from, to, h, w, 4, 2, 1, Transposed: true), new(from, 4 * to, h, w, 2, Padding: 1)],

            // The filter before it gives one sample more than twice the result; it can write phases, or a column for each tap,
            // instead.
            ConvolutionKind.Halved when k == 3 =>
                [new(from, to, h + 1, w + 1, 3, 2), new(4 * from, to, (h / 2) + 1, (w / 2) + 1, 2), new(
                    9 * from, to, h / 2, w / 2, 1)],
            _ => throw new ArgumentException($"{kind} has no plain form for {k}x{k} kernels.", nameof(shape)),
        };
        PlainConvolution[] all = [.. ways];
        return [all[0], .. all[1..].Where(way => way.Largest(batch) <= MaxDetour)];
    }

    // StyleGAN3 has odd numbers of channels; more of them, all zeros, may be faster.
    private static IEnumerable<PlainConvolution> WithWholeVectors(PlainConvolution plain)
    {
        PlainConvolution whole = plain with { InChannels = Whole(plain.InChannels), OutChannels = Whole(plain.OutChannels) };
        return whole == plain ? [plain] : [plain, whole];
    }

    private static int Whole(int channels) => (channels + VectorChannels - 1) / VectorChannels * VectorChannels;

    private long Largest(int batch) => (long)batch * Math.Max(InChannels, OutChannels) * Height * Width;
}
