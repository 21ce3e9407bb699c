using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Checkpoints.Own;

/// <summary>The families that network files can hold, one line each.</summary>
internal static class NetworkFamilies
{
    public static NetworkFamily[] All { get; } =
    [
        new NetworkFamily<StyleGan2.Generator, StyleGan2.GeneratorOptions>(
            "stylegan2", new() { Resolution = 4 }, OptionLists.StyleGan2, g => g.Options, o => new(o, Initializer.ForLoading), OptionChecks.StyleGan2,
            OptionSummaries.Of),
        new NetworkFamily<StyleGan2.GrowingGenerator, StyleGan2.GeneratorOptions>(
            "stylegan2-growing", new() { Resolution = 4 }, OptionLists.StyleGan2, g => g.Options, o => new(o, Initializer.ForLoading),
            OptionChecks.StyleGan2Growing, OptionSummaries.Growing),
        new NetworkFamily<StyleGan3.Generator, StyleGan3.GeneratorOptions>(
            "stylegan3", new() { Resolution = 4 }, OptionLists.StyleGan3, g => g.Options, o => new(o, Initializer.ForLoading), OptionChecks.StyleGan3,
            OptionSummaries.Of),
        new NetworkFamily<StyleGan1.Generator, StyleGan1.GeneratorOptions>(
            "stylegan1", new() { Resolution = 4 }, OptionLists.StyleGan1, g => g.Options, o => new(o, Initializer.ForLoading), OptionChecks.StyleGan1,
            OptionSummaries.Of),
        new NetworkFamily<ProGan.Generator, ProGan.GeneratorOptions>(
            "progan", new() { Resolution = 4 }, OptionLists.ProGan, g => g.Options, o => new(o, Initializer.ForLoading), OptionChecks.ProGan,
            OptionSummaries.Of),
    ];
}
