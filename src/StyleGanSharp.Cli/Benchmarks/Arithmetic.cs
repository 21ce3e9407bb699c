using StyleGanSharp.Networks;
using StyleGanSharp.Networks.StyleGan2;
using AliasFree = StyleGanSharp.Networks.StyleGan3;

namespace StyleGanSharp.Cli.Benchmarks;

/// <summary>
/// Multiplications and additions that a synthesis network cannot do without, counted from its definition: a convolution counts at the
/// resolution it reads where it gives more samples than that. Filters, noise and activations are left out.
/// </summary>
internal static class Arithmetic
{
    /// <summary>10^9 operations per picture.</summary>
    internal static double GflopPerImage(IGenerator generator) => generator switch
    {
        Generator styleGan2 => GflopPerImage(styleGan2),
        AliasFree.Generator styleGan3 => GflopPerImage(AliasFree.LayerGeometry.Of(styleGan3.Options)),
        _ => throw new NotSupportedException($"The arithmetic of {generator.GetType().FullName} is not counted."),
    };

    private static double GflopPerImage(Generator generator)
    {
        GeneratorOptions options = generator.Options;
        double operations = 0;
        double kernel = 2.0 * options.KernelSize * options.KernelSize;
        int below = 0;
        for (int resolution = 4; resolution <= options.Resolution; resolution *= 2)
        {
            double channels = Math.Min(options.ChannelBase / resolution, options.ChannelMax);
            double pixels = (double)resolution * resolution * generator.Width * generator.Height / ((double)options.Resolution * options.Resolution);
            operations += kernel * below * channels * pixels / 4;                  // conv0 reads half the width and height
            operations += kernel * channels * channels * pixels;                   // conv1
            operations += options.Architecture == Architecture.Skip || resolution == options.Resolution
                ? 2 * channels * options.ImageChannels * pixels : 0;               // ToRGB
            operations += options.Architecture == Architecture.Resnet ? 2.0 * below * channels * pixels / 4 : 0;
            below = (int)channels;
        }

        return operations / 1e9;
    }

    private static double GflopPerImage(IReadOnlyList<AliasFree.LayerGeometry> layers)
    {
        AliasFree.LayerGeometry first = layers[0];
        double operations = 2.0 * first.InChannels * first.InChannels * first.InSize * first.InSize; // the Fourier features are mixed
        foreach (AliasFree.LayerGeometry layer in layers)
        {
            operations += 2.0 * layer.KernelSize * layer.KernelSize * layer.InChannels * layer.OutChannels * layer.InSize * layer.InSize;
        }

        return operations / 1e9;
    }
}
