using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.StyleGan2;
using AliasFree = StyleGanSharp.Networks.StyleGan3;

namespace StyleGanSharp.Benchmarking.Convolutions;

/// <summary>
/// The convolutions of a synthesis network for one image at its full resolution; dense layers of the synthesis count as 1x1
/// convolutions. Mapping networks, affine layers of the styles and filters are left out.
/// </summary>
internal static class GeneratorConvolutions
{
    internal static ConvolutionShape[] Of(IGenerator generator) => generator switch
    {
        Generator styleGan2 => [.. StyleGan2(styleGan2.Options, styleGan2.Width, styleGan2.Height, coloursOnTop: false)],
        GrowingGenerator growing => [.. StyleGan2(growing.Options, growing.Width, growing.Height, coloursOnTop: true)],
        AliasFree.Generator styleGan3 => [.. StyleGan3(AliasFree.LayerGeometry.Of(styleGan3.Options))],
        Networks.StyleGan1.Generator styleGan1 => [.. StyleGan1(styleGan1.Options)],
        Networks.ProGan.Generator proGan => [.. ProGan(proGan)],
        _ => throw new NotSupportedException($"The convolutions of {generator.GetType().FullName} are not known."),
    };

    // Karras et al. (2020), figure 7.
    private static IEnumerable<ConvolutionShape> StyleGan2(GeneratorOptions options, int width, int height, bool coloursOnTop)
    {
        Architecture architecture = coloursOnTop ? Architecture.Orig : options.Architecture;
        int below = 0;
        for (int resolution = 4; resolution <= options.Resolution; resolution *= 2)
        {
            int channels = Math.Min(options.ChannelBase / resolution, options.ChannelMax);
            int h = height / (options.Resolution / resolution), w = width / (options.Resolution / resolution);
            if (below > 0)
            {
                yield return new(ConvolutionKind.Doubled, below, channels, h / 2, w / 2, options.KernelSize);
            }

            yield return new(ConvolutionKind.Same, channels, channels, h, w, options.KernelSize);
            if (architecture == Architecture.Skip || resolution == options.Resolution)
            {
                yield return new(ConvolutionKind.Colours, channels, options.ImageChannels, h, w, 1);
            }

            if (architecture == Architecture.Resnet && below > 0)
            {
                yield return new(ConvolutionKind.Same, below, channels, h / 2, w / 2, 1);
            }

            below = channels;
        }
    }

    // Karras et al. (2021), figure 4a.
    private static IEnumerable<ConvolutionShape> StyleGan3(IReadOnlyList<AliasFree.LayerGeometry> layers)
    {
        AliasFree.LayerGeometry first = layers[0];
        yield return new(ConvolutionKind.Same, first.InChannels, first.InChannels, first.InSize, first.InSize, 1); // the Fourier features are mixed
        foreach (AliasFree.LayerGeometry layer in layers)
        {
            yield return new(
                layer.IsToRgb ? ConvolutionKind.Colours : ConvolutionKind.Full,
                layer.InChannels, layer.OutChannels, layer.InSize, layer.InSize, layer.KernelSize);
        }
    }

    // Karras et al. (2019), section 2 and appendix C; the widths are those of Karras et al. (2018), appendix A.
    private static IEnumerable<ConvolutionShape> StyleGan1(Networks.StyleGan1.GeneratorOptions options)
    {
        var rule = new ChannelRule(options.ChannelBase / 2, options.ChannelDecay, options.ChannelMax);
        if (!options.ConstInput)
        {
            yield return new(ConvolutionKind.Same, options.WDim, rule.At(4) * 16, 1, 1, 1);
        }

        foreach (ConvolutionShape shape in Growing(options.Resolution, rule.At, options.ImageChannels))
        {
            yield return shape;
        }
    }

    // Karras et al. (2018), table 2.
    private static IEnumerable<ConvolutionShape> ProGan(Networks.ProGan.Generator generator)
    {
        ChannelRule rule = generator.Options.Channels;
        return Growing(generator.Width, rule.At, generator.ImageChannels)
            .Prepend(new(ConvolutionKind.Same, generator.WDim, rule.At(4) * 16, 1, 1, 1));
    }

    // Two convolutions a resolution, the first one on repeated samples; colours on top alone.
    private static IEnumerable<ConvolutionShape> Growing(int top, Func<int, int> channels, int colours)
    {
        for (int resolution = 4; resolution <= top; resolution *= 2)
        {
            int count = channels(resolution);
            if (resolution > 4)
            {
                yield return new(ConvolutionKind.BoxDoubled, channels(resolution / 2), count, resolution / 2, resolution / 2);
            }

            yield return new(ConvolutionKind.Same, count, count, resolution, resolution);
        }

        yield return new(ConvolutionKind.Colours, channels(top), colours, top, top, 1);
    }
}
