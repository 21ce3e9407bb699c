using StyleGanSharp.Networks;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Training.Losses;

namespace StyleGanSharp.Training.Options;

/// <summary>
/// The presets, one line each. ADA: Karras et al. (2020), "Limited Data", appendix C, table 4. SG3: Karras et al. (2021),
/// appendix F. ProGAN: Karras et al. (2018), appendix A; StyleGAN: Karras et al. (2019), appendix C.
/// </summary>
public static class Presets
{
    private const string Ada = "StyleGAN2-ADA";
    private const string StyleGan3 = "StyleGAN3";
    private const Architecture Resnet = Architecture.Resnet;

    // gamma = 0.0002 res² / batch is ADA's rule; StyleGAN3's recommended values (0.5, 2, 8, 32 for 128 to 1024) are res² / (1024
    // batch).
    private const double AdaGamma = 0.0002;
    private const double StyleGan3Gamma = 1.0 / 1024;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Preset> All { get; } =
    [
        // name for whom networks kimg batch group base max lat glr dlr gamma rule ema ramp map pl mix D tick source
        new("auto",        "any data set, sensible for its resolution",          NetworkFamilies.StyleGan2, 25_000,  null, null,
            null,  512, 512, null,   null,  null,  AdaGamma,       null, 0.05, 2, 2, 0.9, Resnet,            4,   Ada),
        new("stylegan2",   "as published; variants b to f, b to d growing",     NetworkFamilies.StyleGan2, 25_000,  32,   4,
            32768, 512, 512, 0.002,  null,  10,    AdaGamma,       10,   null, 8, 2, 0.9, Resnet,            4,
            "StyleGAN2") { Variants = "fbcde" },
        new("paper256",    "ADA's experiments at 256x256",                       NetworkFamilies.StyleGan2, 25_000,  64,   8,
            16384, 512, 512, 0.0025, null,  1,     AdaGamma,       20,   null, 8, 2, 0.9, Resnet,            4,   Ada),
        new("paper512",    "ADA's experiments at 512x512",                       NetworkFamilies.StyleGan2, 25_000,  64,   8,
            32768, 512, 512, 0.0025, null,  0.5,   AdaGamma,       20,   null, 8, 2, 0.9, Resnet,            4,   Ada),
        new("paper1024",   "ADA's experiments at 1024x1024",                     NetworkFamilies.StyleGan2, 25_000,  32,   4,
            32768, 512, 512, 0.002,  null,  2,     AdaGamma,       10,   null, 8, 2, 0.9, Resnet,            4,   Ada),
        new("cifar",       "CIFAR-10 and the like, 32x32 with many images",    NetworkFamilies.StyleGan2, 100_000, 64,   32,
            32768, 512, 512, 0.0025, null,  0.01,  AdaGamma,       500,  0.05, 2, 0, 0,   Architecture.Orig, 4,   Ada),
        new("small",       "small images on a processor, within the hour",     NetworkFamilies.StyleGan2, 200,     32,   4,
            2048,  128, 128, 0.0025, null,  null,  AdaGamma,       null, 0.05, 2, 0, 0,   Resnet,            1,
            "this project (docs/training.md)"),
        new("progan",      "progressive growing, the first of the family",       NetworkFamilies.ProGan,    12_000,  null, 4,
            16384, 512, 512, 0.001,  null,  null,  0,              10,   null, 0, 0, 0,   Architecture.Orig, 20,  "ProGAN")
        {
            PrecedesStyleGan2 = true, Growth = GrowthPresets.ProGan, Loss = LossKind.Wasserstein, Augmentation = "noaug",
                AverageDecay = 0.999, Lazy = false,
        },
        new("stylegan1",   "the first StyleGAN; variants a to f",               NetworkFamilies.StyleGan1, 25_000,  null, 4,
            16384, 512, 512, 0.001,  null,  10,    0,              10,   null, 8, 0, 0.9, Architecture.Orig, 20,  "StyleGAN")
        {
            PrecedesStyleGan2 = true, Growth = GrowthPresets.StyleGan1, Variants = "fabcde", Augmentation = "noaug", Lazy = false,
        },
        new("stylegan3-t", "alias-free: details stick to the moving object",     NetworkFamilies.StyleGan3, 25_000, 32,   4,
            32768, 512, 512, 0.0025, 0.002, null,  StyleGan3Gamma, null, 0.05, 2, 0, 0,   Resnet,            4,
            StyleGan3) { Configuration = 't' },
        new("stylegan3-r", "alias-free and without preferred direction",         NetworkFamilies.StyleGan3, 25_000, 32,   4,
            32768, 512, 512, 0.0025, 0.002, null,  StyleGan3Gamma, null, 0.05, 2, 0, 0,   Resnet,            4,
            StyleGan3) { Configuration = 'r', BlurSigma = 10 },
    ];

    /// <summary>The preset of a name; null: there is none.</summary>
    public static Preset? Find(string name) => All.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
