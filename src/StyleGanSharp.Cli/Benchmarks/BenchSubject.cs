using StyleGanSharp.Networks;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Torch.Modules;
using AliasFree = StyleGanSharp.Networks.StyleGan3;

namespace StyleGanSharp.Cli.Benchmarks;

/// <summary>A generator of an official configuration with random weights, for measuring without a snapshot.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Title">What it is called in the table.</param>
/// <param name="Create">Builds it.</param>
internal sealed record BenchSubject(string Name, string Title, Func<Initializer, IGenerator> Create)
{
    // The official StyleGAN3 configuration for 256x256 differs from that for 1024x1024 in the channel base alone.
    private static readonly AliasFree.GeneratorOptions StyleGan3T256 = new() { Resolution = 256, ChannelBase = 16384 };

    /// <summary>What is measured without a choice: the workloads whose official times are known (docs/performance.md), and StyleGAN3-T.</summary>
    internal static BenchSubject[] All { get; } =
    [
        StyleGan2(256),
        StyleGan2(1024),
        new("stylegan3-t-256", $"StyleGAN3-T 256 (channel base {StyleGan3T256.ChannelBase})", init => new AliasFree.Generator(StyleGan3T256, init)),
    ];

    /// <summary>The official channel base of StyleGAN2.</summary>
    internal static int ChannelBase(int resolution) => resolution >= 512 ? 32768 : 16384;

    internal static string StyleGan2Title(GeneratorOptions options) => $"StyleGAN2 {options.Resolution} (channel base {options.ChannelBase})";

    /// <summary>The subject of a name; null: there is none, the name is a snapshot's.</summary>
    internal static BenchSubject? Find(string name) => Array.Find(All, subject => subject.Name == name);

    private static BenchSubject StyleGan2(int resolution)
    {
        var options = new GeneratorOptions { Resolution = resolution, ChannelBase = ChannelBase(resolution) };
        return new($"stylegan2-{resolution}", StyleGan2Title(options), init => new Generator(options, init));
    }
}
