using StyleGanSharp.Networks;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;
using AliasFree = StyleGanSharp.Networks.StyleGan3;

namespace StyleGanSharp.Benchmarking.Generators;

/// <summary>A generator of an official configuration with random weights, for measuring without a snapshot.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Title">What it is called in the table.</param>
/// <param name="Create">Builds it.</param>
internal sealed record BenchSubject(string Name, string Title, Func<Initializer, IGenerator> Create)
{
    /// <summary>Stands for all subjects on the command line.</summary>
    internal const string Everything = "all";

    /// <summary>All of them; the options are those of the official networks of each size.</summary>
    internal static BenchSubject[] All { get; } =
    [
        ProGan(256), ProGan(1024),
        StyleGan1(1024),
        StyleGan2(256), StyleGan2(1024),
        StyleGan3("t", new() { Resolution = 256, ChannelBase = ChannelBase(256) }),
        StyleGan3("t", new() { Resolution = 1024, ChannelBase = ChannelBase(1024) }),

        // R makes up for 1x1 kernels with twice the feature maps (Karras et al. 2021, appendix D).
        StyleGan3("r", new() { Resolution = 256, ChannelBase = 2 * ChannelBase(256), ChannelMax = 1024, KernelSize = 1,
            UseRadialFilters = true }),
    ];

    /// <summary>Whether its generation has a form of less precision.</summary>
    internal bool Reduces { get; private init; }

    /// <summary>All names, for messages.</summary>
    internal static string Names => string.Join(", ", All.Select(s => s.Name));

    /// <summary>The official channel base of StyleGAN2 and StyleGAN3-T.</summary>
    internal static int ChannelBase(int resolution) => resolution >= 512 ? 32768 : 16384;

    /// <summary>The subject of a name; null: there is none, the name is a snapshot's.</summary>
    internal static BenchSubject? Find(string name) => Array.Find(All, subject => subject.Name == name);

    /// <summary>A StyleGAN2 generator.</summary>
    internal static BenchSubject StyleGan2(GeneratorOptions options) => new(
        $"stylegan2-{options.Resolution}", Describe("StyleGAN2", options.Resolution, options.ChannelBase), init =>
            new Generator(options, init))
    {
        Reduces = true,
    };

    /// <summary>Builds it with random weights, always the same.</summary>
    internal IGenerator CreateRandom()
    {
        using var scope = new TensorScope();
        using var draws = new RandomGenerator(0);
        return Create(Initializer.Random(draws));
    }

    private static BenchSubject StyleGan2(int resolution) =>
        StyleGan2(new GeneratorOptions { Resolution = resolution, ChannelBase = ChannelBase(resolution) });

    private static BenchSubject StyleGan3(string configuration, AliasFree.GeneratorOptions options) => new(
        $"stylegan3-{configuration}-{options.Resolution}",
        Describe($"StyleGAN3-{configuration.ToUpperInvariant()}", options.Resolution, options.ChannelBase),
        init => new AliasFree.Generator(options, init))
    {
        Reduces = true,
    };

    private static BenchSubject StyleGan1(int resolution)
    {
        var options = new Networks.StyleGan1.GeneratorOptions { Resolution = resolution };
        return new($"stylegan1-{resolution}", Describe("StyleGAN", resolution, options.ChannelBase), init =>
            new Networks.StyleGan1.Generator(options, init));
    }

    private static BenchSubject ProGan(int resolution)
    {
        var options = new Networks.ProGan.GeneratorOptions { Resolution = resolution };
        return new(
            $"progan-{resolution}", Describe("ProGAN", resolution, (int)options.Channels.Base * 2), // its rule counts half the resolution
            init => new Networks.ProGan.Generator(options, init));
    }

    private static string Describe(string family, int resolution, int channelBase) =>
        $"{family} {resolution} (channel base {channelBase})";
}
