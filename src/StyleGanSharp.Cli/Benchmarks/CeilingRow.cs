namespace StyleGanSharp.Cli.Benchmarks;

/// <summary>One measured convolution: 3x3, as many output as input channels, batch 1, float32.</summary>
internal readonly record struct CeilingRow(int Channels, int Resolution, bool ChannelsLast, double GflopPerSecond);
