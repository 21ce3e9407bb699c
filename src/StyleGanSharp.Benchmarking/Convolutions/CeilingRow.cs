namespace StyleGanSharp.Benchmarking.Convolutions;

/// <summary>One measured convolution: 3x3, as many output as input channels, batch 1.</summary>
/// <param name="Channels">Channels in and out.</param>
/// <param name="Resolution">Width and height.</param>
/// <param name="ChannelsLast">Whether the channels lie together in memory.</param>
/// <param name="Precision"><c>fp32</c> or <c>bf16</c>.</param>
/// <param name="Gflops">10^9 operations per second.</param>
internal sealed record CeilingRow(int Channels, int Resolution, bool ChannelsLast, string Precision, double Gflops);
