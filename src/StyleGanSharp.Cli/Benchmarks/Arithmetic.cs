using StyleGanSharp.Networks;
using StyleGanSharp.Networks.StyleGan2;

namespace StyleGanSharp.Cli.Benchmarks;

/// <summary>
/// Multiplications and additions that a StyleGAN2 synthesis network cannot do without, counted from its definition: an upsampling
/// convolution counts at the resolution it reads. Filters, noise and activations are left out.
/// </summary>
internal static class Arithmetic
{
    /// <summary>10^9 operations per picture.</summary>
    internal static double GflopPerImage(IGenerator generator) => generator switch
    {
        Generator styleGan2 => GflopPerImage(styleGan2.Options),
        _ => throw new NotSupportedException($"The arithmetic of {generator.GetType().FullName} is not counted."),
    };

    private static double GflopPerImage(GeneratorOptions options)
    {
        double operations = 0;
        double kernel = 2.0 * options.KernelSize * options.KernelSize;
        int below = 0;
        for (int resolution = 4; resolution <= options.Resolution; resolution *= 2)
        {
            double channels = Math.Min(options.ChannelBase / resolution, options.ChannelMax);
            double pixels = (double)resolution * resolution;
            operations += kernel * below * channels * pixels / 4;                  // conv0 reads half the width and height
            operations += kernel * channels * channels * pixels;                   // conv1
            operations += options.Architecture == Architecture.Skip || resolution == options.Resolution
                ? 2 * channels * options.ImageChannels * pixels : 0;               // ToRGB
            operations += options.Architecture == Architecture.Resnet ? 2.0 * below * channels * pixels / 4 : 0;
            below = (int)channels;
        }

        return operations / 1e9;
    }
}
