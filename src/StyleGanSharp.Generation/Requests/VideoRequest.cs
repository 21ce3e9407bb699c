using StyleGanSharp.Data.Options;
using StyleGanSharp.Generation.Notation;

namespace StyleGanSharp.Generation.Requests;

/// <summary>How the latents of a video move.</summary>
public enum VideoMotion
{
    /// <summary>Smoothly through the seeds' w, the field's interpolation.</summary>
    Cubic,

    /// <summary>In straight lines through the seeds' w.</summary>
    Linear,

    /// <summary>Along great circles through the seeds' z.</summary>
    Slerp,

    /// <summary>Psi swings from one end to the other and back, once for each seed.</summary>
    Truncation,

    /// <summary>A great circle through each seed's z and back.</summary>
    Circle,

    /// <summary>A smooth random closed walk of z for each seed.</summary>
    Noise,

    /// <summary>Smoothly through the w of one seed in several classes.</summary>
    Classes,
}

/// <summary>A looping video: it ends where it begins.</summary>
public sealed record VideoRequest : GenerationRequest
{
    /// <summary>Most frames of a video.</summary>
    public const int MaxFrames = 10_000_000;

    private const int MaxHarmonics = 100;

    /// <summary>Seeds of the key frames.</summary>
    public IReadOnlyList<uint> Seeds { get; init; } = [];

    /// <summary>How the latents move.</summary>
    public VideoMotion Motion { get; init; }

    /// <summary>Classes or mixtures to pass through, for <see cref="VideoMotion.Classes"/> only.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>Frames from key frame to key frame.</summary>
    public int FramesPerKey { get; init; } = 120;

    /// <summary>Key frames of each cell, seeds repeated as needed; null: all seeds, spread over the cells.</summary>
    public int? KeyFrames { get; init; }

    /// <summary>Shuffles the seeds; null: they stay in order.</summary>
    public uint? ShuffleSeed { get; init; }

    /// <summary>Images side by side in each frame.</summary>
    public GridSize Grid { get; init; } = new(1, 1);

    /// <summary>First psi of <see cref="VideoMotion.Truncation"/>.</summary>
    public double PsiStart { get; init; } = 1;

    /// <summary>Psi at the turning point of <see cref="VideoMotion.Truncation"/>.</summary>
    public double PsiEnd { get; init; } = -1;

    /// <summary>Liveliness of <see cref="VideoMotion.Noise"/>.</summary>
    public int Harmonics { get; init; } = 3;

    /// <summary>Key frames of each cell of the grid.</summary>
    public int KeyFramesPerCell =>
        Motion == VideoMotion.Classes ? Classes?.Count ?? 0 : KeyFrames ?? (Seeds.Count / Math.Max(1, Grid.Cells));

    /// <summary>Frames of the video.</summary>
    public int FrameCount => KeyFramesPerCell * FramesPerKey;

    private protected override IEnumerable<OptionProblem> OwnProblems()
    {
        if (Seeds.Count == 0)
        {
            yield return new OptionProblem("seeds", null, "a video needs the seeds of its key frames");
        }

        if (FramesPerKey is < 1 or > MaxFrames)
        {
            yield return new OptionProblem("framesPerKey", $"{FramesPerKey}", $"expected 1 to {MaxFrames}");
        }

        if (KeyFrames is < 1 or > MaxFrames)
        {
            yield return new OptionProblem("keyFrames", $"{KeyFrames}", $"expected 1 to {MaxFrames}");
        }

        if (Harmonics is < 1 or > MaxHarmonics)
        {
            yield return new OptionProblem("harmonics", $"{Harmonics}", $"expected 1 to {MaxHarmonics}");
        }

        if (!double.IsFinite(PsiStart))
        {
            yield return new OptionProblem("psiStart", $"{PsiStart}", "expected a finite number");
        }

        if (!double.IsFinite(PsiEnd))
        {
            yield return new OptionProblem("psiEnd", $"{PsiEnd}", "expected a finite number");
        }

        foreach (OptionProblem problem in MotionProblems())
        {
            yield return problem;
        }

        if ((long)KeyFramesPerCell * FramesPerKey > MaxFrames)
        {
            yield return new OptionProblem(
                "framesPerKey", $"{FramesPerKey}",
                $"{KeyFramesPerCell} key frames of {FramesPerKey} frames are more than {MaxFrames} frames");
        }
    }

    private IEnumerable<OptionProblem> MotionProblems()
    {
        if (Motion != VideoMotion.Classes)
        {
            if (Classes is not null)
            {
                yield return new OptionProblem(
                    "classes", string.Join(' ', Classes), "only has an effect with the motion classes");
            }

            if (KeyFrames is null && Grid.Cells > 0 && Seeds.Count % Grid.Cells != 0)
            {
                yield return new OptionProblem(
                    "grid", Grid.ToString(),
                    $"has {Grid.Cells} cells, which do not divide {Seeds.Count} seeds: give a multiple, or a number of key frames");
            }

            yield break;
        }

        if (Classes is not { Count: > 0 })
        {
            yield return new OptionProblem(
                "classes", null, "the motion classes needs the classes to pass through, for example 0-4");
        }

        if (Class is not null)
        {
            yield return new OptionProblem("class", Class, "has no effect with the motion classes, which names its own");
        }

        if (Label is not null)
        {
            yield return new OptionProblem("label", null, "has no effect with the motion classes, which names its own");
        }

        if (KeyFrames is not null)
        {
            yield return new OptionProblem(
                "keyFrames", $"{KeyFrames}", "has no effect with the motion classes: every class is a key frame");
        }

        if (Seeds.Count != Grid.Cells)
        {
            yield return new OptionProblem(
                "grid", Grid.ToString(),
                $"the motion classes shows one seed in each cell: expected {Grid.Cells} seeds, got {Seeds.Count}");
        }
    }
}
