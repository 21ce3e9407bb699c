namespace StyleGanSharp.Training.Augment;

/// <summary>Groups of transforms of <see cref="DiffAugment"/>.</summary>
[Flags]
public enum DiffAugmentPolicy
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Brightness, saturation and contrast.</summary>
    Color = 1,

    /// <summary>Shift by up to an eighth of the size.</summary>
    Translation = 2,

    /// <summary>A square of half the size set to zero.</summary>
    Cutout = 4,
}
