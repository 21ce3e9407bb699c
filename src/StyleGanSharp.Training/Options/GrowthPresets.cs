namespace StyleGanSharp.Training.Options;

/// <summary>The schedules of progressive growing as published, for one GPU.</summary>
public static class GrowthPresets
{
    private static readonly Dictionary<int, double> Ticks = new()
    {
        { 4, 160 }, { 8, 140 }, { 16, 120 }, { 32, 100 }, { 64, 80 }, { 128, 60 }, { 256, 40 }, { 512, 30 }, { 1024, 20 },
    };

    private static readonly Dictionary<int, double> ProGanTicks = new()
    {
        { 4, 160 }, { 8, 140 }, { 16, 120 }, { 32, 100 }, { 64, 80 }, { 128, 60 }, { 256, 40 }, { 512, 20 }, { 1024, 10 },
    };

    private static readonly Dictionary<int, int> SmallMemory = new()
    {
        { 4, 128 }, { 8, 128 }, { 16, 128 }, { 32, 64 }, { 64, 32 }, { 128, 16 }, { 256, 8 }, { 512, 4 },
    };

    private static readonly Dictionary<int,
        double> StyleGanRates = new() { { 128, 0.0015 }, { 256, 0.002 }, { 512, 0.003 }, { 1024, 0.003 } };

    /// <summary>ProGAN (Karras et al. 2018, appendix A.1; the batches of its second release).</summary>
    public static GrowthPreset ProGan { get; } = new(
        4, 600, 600, 4, SmallMemory, 0.001, new Dictionary<int, double> { { 1024, 0.0015 } },
        20, ProGanTicks);

    /// <summary>StyleGAN (Karras et al. 2019, appendix C).</summary>
    public static GrowthPreset StyleGan1 { get; } = new(8, 600, 600, 4, SmallMemory, 0.001, StyleGanRates, 20, Ticks);

    /// <summary>StyleGAN2's configurations B to D (Karras et al. 2020, table 1).</summary>
    public static GrowthPreset StyleGan2 { get; } = new(
        8, 600, 600, 32, new Dictionary<int, int> { { 8, 256 }, { 16, 128 }, { 32, 64 }, { 64, 32 } }, 0.001, StyleGanRates,
        4, new Dictionary<int,
        double> { { 8, 28 }, { 16, 24 }, { 32, 20 }, { 64, 16 }, { 128, 12 }, { 256, 8 }, { 512, 6 }, { 1024, 4 } });
}
