using StyleGanSharp.Torch;

namespace StyleGanSharp.Training.Augment;

/// <summary>
/// The augmentation of StyleGAN2-ADA: images are mirrored, moved, recoloured, filtered and cut at random before the discriminator
/// sees them, reals and fakes alike, so that few images go further. Differentiable twice with respect to them. Source: Karras et
/// al., "Training Generative Adversarial Networks with Limited Data" (2020), section 2.2 and appendix B.
/// </summary>
public sealed class AugmentPipe
{
    /// <summary>Makes a pipeline.</summary>
    /// <exception cref="ArgumentException">
    /// A number of the options is negative or not finite, or there are not four bands.
    /// </exception>
    public AugmentPipe(AugmentOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Validate(options);
        Options = options;
    }

    /// <summary>What it does.</summary>
    public AugmentOptions Options { get; }

    /// <summary>Augments a batch.</summary>
    /// <param name="images">[N, C, H, W], floating point, about [-1, 1]; 1, 3 or 4 channels where colours change. The fourth
    /// channel
    /// is opacity, which keeps its colour.</param>
    /// <param name="strength">p, from 0 (nothing happens) on.</param>
    /// <param name="draws">The random numbers.</param>
    /// <returns>
    /// Of the shape, type and device of <paramref name="images"/>, a tensor of its own (where nothing happened, of the same
    /// memory).
    /// </returns>
    /// <exception cref="ShapeException">The images have another number of channels, or no four axes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The strength is negative or not a number.</exception>
    public Tensor Apply(Tensor images, double strength, IAugmentDraws draws)
    {
        Shape.Require(images, [null, null, null, null]);
        ArgumentNullException.ThrowIfNull(draws);
        if (!(strength >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(strength), strength, "The strength of the augmentation is 0 or more.");
        }

        long channels = images.Size(1);
        if (Options.HasColour && channels is not (1 or 3 or 4))
        {
            throw new ShapeException(
                $"pictures of {channels} channels have no colours to augment; 1, 3 and 4 channels are known", nameof(images));
        }

        using var scope = new TensorScope();
        var batch = new BatchDraws(draws, strength, (int)images.Size(0));
        Tensor x = images;
        if (Options.HasGeometry)
        {
            x = Warp.Apply(x, GeometricTransforms.Draw(Options, batch, (int)images.Size(3), (int)images.Size(2)));
        }

        if (Options.HasColour)
        {
            x = ColourTransforms.Apply(x, ColourTransforms.Draw(Options, batch, channels));
        }

        if (Options.ImageFilter > 0)
        {
            x = ImageFilter.Apply(x, ImageFilter.Draw(Options, batch));
        }

        if (Options.Noise > 0)
        {
            x = Corruptions.AddNoise(x, Options, batch);
        }

        if (Options.Cutout > 0)
        {
            x = Corruptions.CutOut(x, Options, batch);
        }

        return scope.Keep(ReferenceEquals(x, images) ? x.Alias() : x);
    }

    private static void Validate(AugmentOptions o)
    {
        if (o.ImageFilterBands.IsDefault || o.ImageFilterBands.Length != WaveletFilters.Bands)
        {
            throw new ArgumentException(
                $"The image filter has {WaveletFilters.Bands} bands: give as many multipliers.", nameof(o));
        }

        (string Name, double Value)[] numbers =
        [
            (nameof(o.XFlip), o.XFlip), (nameof(o.Rotate90), o.Rotate90), (nameof(o.XInt), o.XInt), (nameof(o.Scale), o.Scale),
            (nameof(o.Rotate), o.Rotate), (nameof(o.Aniso), o.Aniso), (nameof(o.XFrac), o.XFrac), (
                nameof(o.Brightness), o.Brightness),
            (nameof(o.Contrast), o.Contrast), (nameof(o.LumaFlip), o.LumaFlip), (nameof(o.Hue), o.Hue), (
                nameof(o.Saturation), o.Saturation),
            (nameof(o.ImageFilter), o.ImageFilter), (nameof(o.Noise), o.Noise), (nameof(o.Cutout), o.Cutout), (
                nameof(o.XIntMax), o.XIntMax),
            (nameof(o.ScaleStd), o.ScaleStd), (nameof(o.RotateMax), o.RotateMax), (nameof(o.AnisoStd), o.AnisoStd),
            (nameof(o.XFracStd), o.XFracStd), (nameof(o.BrightnessStd), o.BrightnessStd), (nameof(o.ContrastStd), o.ContrastStd),
            (nameof(o.HueMax), o.HueMax), (nameof(o.SaturationStd), o.SaturationStd), (
                nameof(o.ImageFilterStd), o.ImageFilterStd),
            (nameof(o.NoiseStd), o.NoiseStd), (nameof(o.CutoutSize), o.CutoutSize),
            .. o.ImageFilterBands.Select((band, i) => ($"{nameof(o.ImageFilterBands)}[{i}]", band)),
        ];
        foreach ((string name, double value) in numbers)
        {
            if (!(value >= 0) || double.IsInfinity(value))
            {
                throw new ArgumentException($"{name} is {value}; the numbers of the augmentation are 0 or more.", nameof(o));
            }
        }
    }
}
