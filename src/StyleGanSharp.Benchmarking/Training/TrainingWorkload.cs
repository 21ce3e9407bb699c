using StyleGanSharp.Training.Options;

namespace StyleGanSharp.Benchmarking.Training;

/// <summary>A training whose time is known of the official code too (docs/performance.md).</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Title">What it is.</param>
/// <param name="Official">Seconds per thousand images of the official code, 2 cores.</param>
/// <param name="Resolution">Width and height of the images.</param>
/// <param name="Request">The options over the preset.</param>
internal sealed record TrainingWorkload(string Name, string Title, double Official, int Resolution, TrainingRequest Request)
{
    private static readonly DataOptions NoData = new() { Path = "random" };

    private static readonly TrainingRequest StyleGan2 = new()
    {
        Preset = "stylegan2",
        Data = NoData,
        ChannelBase = 4096,
        ChannelMax = 128,
        Augmentation = "noaug",
    };

    /// <summary>All of them.</summary>
    internal static TrainingWorkload[] All { get; } =
    [
        new("stylegan2-32", "StyleGAN2 32x32, channel base 4096, at most 128, batch 32", 80, 32, StyleGan2 with { Batch = 32 }),
        new("stylegan2-64", "StyleGAN2 64x64, the same widths, batch 16", 165, 64, StyleGan2 with { Batch = 16 }),
        new("stylegan2-64-ada", "the same with ADA bgc at p 0.5", 180, 64,
            StyleGan2 with { Batch = 16, Augmentation = "fixed", Strength = 0.5 }),
        new("stylegan2-256", "StyleGAN2 256x256, channel base 16384, batch 4", 5700, 256,
            StyleGan2 with { Batch = 4, ChannelBase = 16384, ChannelMax = 512 }),
        new("stylegan3-t-64", "StyleGAN3-T 64x64, channel base 4096, at most 128, batch 4", 1450, 64,
            StyleGan2 with { Preset = "stylegan3-t", Batch = 4 }),
    ];

    /// <summary>Its options.</summary>
    internal TrainingOptions Options() => OptionResolver.Resolve(Request, new DatasetFacts(Resolution, Resolution, 3, 0));
}
