using System.Collections.Immutable;
using System.Numerics;

namespace StyleGanSharp.Training.Growth;

/// <summary>
/// The schedule of progressive growing: every resolution is trained for a while, then the next one is faded in. A function of the
/// images seen alone. Source: Karras et al., "Progressive Growing of GANs" (2018), section 2 and appendix A.1.
/// </summary>
public sealed record GrowthOptions
{
    /// <summary>The resolution that the training begins with.</summary>
    public required int InitialResolution { get; init; }

    /// <summary>Images for which a resolution is trained before the next is faded in, at least 0.</summary>
    public required long TrainImages { get; init; }

    /// <summary>Images over which the next resolution is faded in, at least 0.</summary>
    public required long FadeImages { get; init; }

    /// <summary>From 4x4 to the full resolution.</summary>
    public required ImmutableArray<GrowthLevel> Levels { get; init; }

    /// <summary>The point of the schedule after a number of images.</summary>
    public GrowthPoint At(long images)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(images);
        long phase = TrainImages + FadeImages;
        int last = Levels.Length - 1;
        int steps = last - FirstLevel;
        double lod = 0;
        if (phase > 0 && images / phase <= steps)
        {
            double fading = Math.Max((images % phase) - TrainImages, 0);
            lod = Math.Max(steps - (images / phase) - (FadeImages > 0 ? fading / FadeImages : 0), 0);
        }

        return new GrowthPoint(lod, LevelOf(lod));
    }

    /// <summary>The resolution that is trained, or faded in, at a level of detail.</summary>
    public GrowthLevel LevelOf(double lod) => Levels[Levels.Length - 1 - (int)Math.Floor(lod)];

    /// <summary>Images after which the full resolution is trained without any fading.</summary>
    public long FullAt => (Levels.Length - 1 - FirstLevel) * (TrainImages + FadeImages);

    private int FirstLevel => BitOperations.Log2((uint)InitialResolution) - 2;
}
