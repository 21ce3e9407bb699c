using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Checkpoints.Own;
using StyleGanSharp.Networks.Layers;

namespace StyleGanSharp.Networks.StyleGan2;

/// <summary>StyleGAN2 with progressive growing: Karras et al. (2020), table 1, configurations B to D.</summary>
internal sealed class GrowingStyleGan2Family()
    : NetworkFamily<GrowingGenerator, GeneratorOptions, GrowingDiscriminator, DiscriminatorOptions>(
        (o, init) => new(o, init), g => g.Options, (o, init) => new(o, init), d => d.Options)
{
    public override string Name => "stylegan2-growing";

    public override bool Grows => true;

    private protected override GeneratorOptions Blank { get; } = new() { Resolution = 4 };

    public override string Title(IGeneratorOptions options) => "growing StyleGAN2";

    public override IGeneratorOptions Generator(NetworkDesign design) =>
        (GeneratorOptions)NetworkFamilies.StyleGan2.Generator(design) with { ConvClamp = null };

    public override IDiscriminatorOptions Discriminator(NetworkDesign design, IDiscriminatorOptions? start) => start is null
        ? StyleGan2Family.DesignDiscriminator(design, null) with { ConvClamp = null, LabelOutput = LabelOutput.Selected }
        : StyleGan2Family.DesignDiscriminator(design, start);

    private protected override GeneratorOptions Fields(OptionFields f, GeneratorOptions o) => StyleGan2Family.AllFields(f, o);

    private protected override void Check(GeneratorOptions options, StoredTensors stored)
    {
        StyleGan2Family.CheckAll(options, stored);
        foreach (int r in ChannelRule.Resolutions(options.Resolution))
        {
            int channels = options.Channels.At(r);
            stored.Require($"synthesis.b{r}.torgb.weight", options.ImageChannels, channels, 1, 1);
        }
    }

    // Grown networks have the plain connections of StyleGAN, whatever their options say.
    private protected override NetworkSummary Describe(NetworkSummary summary, GeneratorOptions options) =>
        StyleGan2Family.Summary(summary, options) with { Architecture = StyleGan2Family.Text(Architecture.Orig) };
}
