using StyleGanSharp.Networks;
using StyleGanSharp.Networks.StyleGan2;

namespace StyleGanSharp.Benchmarking.Convolutions;

/// <summary>
/// The convolutions of a StyleGAN2 discriminator, which StyleGAN3 uses too, for one image; its first dense layer counts as a 1x1
/// convolution, the last one (a single output) is left out. Source: Karras et al. (2020), figure 7.
/// </summary>
internal static class DiscriminatorConvolutions
{
    internal static ConvolutionShape[] Of(IDiscriminator discriminator) => discriminator is Discriminator styleGan2
        ? [.. Of(styleGan2.Options)]
        : throw new NotSupportedException($"The convolutions of {discriminator.GetType().FullName} are not known.");

    private static IEnumerable<ConvolutionShape> Of(DiscriminatorOptions options)
    {
        int Channels(int resolution) => Math.Min(options.ChannelBase / resolution, options.ChannelMax);

        for (int resolution = options.Resolution; resolution > 4; resolution /= 2)
        {
            int channels = Channels(resolution), below = Channels(resolution / 2);
            if (resolution == options.Resolution || options.Architecture == Architecture.Skip)
            {
                yield return new(ConvolutionKind.Colours, options.ImageChannels, channels, resolution, resolution, 1);
            }

            yield return new(ConvolutionKind.Same, channels, channels, resolution, resolution);
            yield return new(ConvolutionKind.Halved, channels, below, resolution, resolution);
            if (options.Architecture == Architecture.Resnet)
            {
                yield return new(ConvolutionKind.Same, channels, below, resolution / 2, resolution / 2, 1); // decimated before it
            }
        }

        int last = Channels(4);
        if (options.Architecture == Architecture.Skip)
        {
            yield return new(ConvolutionKind.Colours, options.ImageChannels, last, 4, 4, 1);
        }

        yield return new(ConvolutionKind.Same, last + options.MbStdNumChannels, last, 4, 4);
        yield return new(ConvolutionKind.Same, last * 16, last, 1, 1, 1);
    }
}
