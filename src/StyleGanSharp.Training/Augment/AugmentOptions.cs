using System.Collections.Immutable;

namespace StyleGanSharp.Training.Augment;

/// <summary>
/// Which transforms the augmentation makes, how often and how strongly. Source: Karras et al., "Training Generative Adversarial
/// Networks with Limited Data" (2020), section 2.2 and appendix B.
/// </summary>
/// <remarks>The first group of numbers are multipliers of the strength p: a transform of multiplier m touches an image with
/// probability m·p; 0 switches it off. The rest are the sizes of the transforms.</remarks>
public sealed record AugmentOptions
{
    /// <summary>Mirroring left to right.</summary>
    public double XFlip { get; init; }

    /// <summary>Rotation by a multiple of 90 degrees.</summary>
    public double Rotate90 { get; init; }

    /// <summary>Shift by whole pixels.</summary>
    public double XInt { get; init; }

    /// <summary>Scaling.</summary>
    public double Scale { get; init; }

    /// <summary>Rotation by any angle, before and after <see cref="Aniso"/>.</summary>
    public double Rotate { get; init; }

    /// <summary>Stretching of one axis and shrinking of the other.</summary>
    public double Aniso { get; init; }

    /// <summary>Shift by fractions of a pixel.</summary>
    public double XFrac { get; init; }

    /// <summary>Brightness.</summary>
    public double Brightness { get; init; }

    /// <summary>Contrast.</summary>
    public double Contrast { get; init; }

    /// <summary>Reversal of the luma, hue and saturation kept.</summary>
    public double LumaFlip { get; init; }

    /// <summary>Rotation of the hue; not for images of one channel.</summary>
    public double Hue { get; init; }

    /// <summary>Saturation; not for images of one channel.</summary>
    public double Saturation { get; init; }

    /// <summary>Amplification of frequency bands.</summary>
    public double ImageFilter { get; init; }

    /// <summary>White noise.</summary>
    public double Noise { get; init; }

    /// <summary>A square set to zero.</summary>
    public double Cutout { get; init; }

    /// <summary>Largest shift by whole pixels, in image sizes.</summary>
    public double XIntMax { get; init; } = 0.125;

    /// <summary>Standard deviation of the scale, in octaves.</summary>
    public double ScaleStd { get; init; } = 0.2;

    /// <summary>Largest rotation, in half turns.</summary>
    public double RotateMax { get; init; } = 1;

    /// <summary>Standard deviation of the stretching, in octaves.</summary>
    public double AnisoStd { get; init; } = 0.2;

    /// <summary>Standard deviation of the shift by fractions, in image sizes.</summary>
    public double XFracStd { get; init; } = 0.125;

    /// <summary>Standard deviation of the brightness, images being in [-1, 1].</summary>
    public double BrightnessStd { get; init; } = 0.2;

    /// <summary>Standard deviation of the contrast, in octaves.</summary>
    public double ContrastStd { get; init; } = 0.5;

    /// <summary>Largest rotation of the hue, in half turns.</summary>
    public double HueMax { get; init; } = 1;

    /// <summary>Standard deviation of the saturation, in octaves.</summary>
    public double SaturationStd { get; init; } = 1;

    /// <summary>
    /// Multipliers of <see cref="ImageFilter"/> for its four bands, from the lowest frequencies to the highest.
    /// </summary>
    public ImmutableArray<double> ImageFilterBands { get; init; } = [1, 1, 1, 1];

    /// <summary>Standard deviation of a band's amplification, in octaves.</summary>
    public double ImageFilterStd { get; init; } = 1;

    /// <summary>Standard deviation of the noise's standard deviation.</summary>
    public double NoiseStd { get; init; } = 0.1;

    /// <summary>Side of the square that is set to zero, in image sizes.</summary>
    public double CutoutSize { get; init; } = 0.5;

    /// <summary>Whether images are moved at all.</summary>
    internal bool HasGeometry => XFlip > 0 || Rotate90 > 0 || XInt > 0 || Scale > 0 || Rotate > 0 || Aniso > 0 || XFrac > 0;

    /// <summary>Whether colours change at all.</summary>
    internal bool HasColour => Brightness > 0 || Contrast > 0 || LumaFlip > 0 || Hue > 0 || Saturation > 0;
}
