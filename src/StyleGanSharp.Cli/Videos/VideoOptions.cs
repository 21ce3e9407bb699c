using StyleGanSharp.Cli.Generation;
using StyleGanSharp.Cli.Options;
using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Cli.Videos;

/// <summary>What <c>stylegan video</c> was asked for.</summary>
internal sealed record VideoOptions
{
    internal const int MaxFrames = 10_000_000;
    private const double MaxMegabits = 1000;
    private const int MaxHarmonics = 100;

    internal required PictureOptions Pictures { get; init; }

    internal uint[] Seeds { get; init; } = [];

    internal VideoMotion Motion { get; init; }

    /// <summary>Classes or mixtures to pass through; only for <see cref="VideoMotion.Classes"/>.</summary>
    internal string[]? Classes { get; init; }

    internal int FramesPerKey { get; init; } = 120;

    /// <summary>Key frames of each cell; null: as many as there are seeds for it.</summary>
    internal int? KeyFrames { get; init; }

    internal uint? ShuffleSeed { get; init; }

    internal GridSize Grid { get; init; } = new(1, 1);

    internal double PsiStart { get; init; } = 1;

    internal double PsiEnd { get; init; } = -1;

    internal int Harmonics { get; init; } = 3;

    internal FrameRate? ChosenFps { get; init; }

    internal double Megabits { get; init; } = 12;

    /// <summary>The video; null: none.</summary>
    internal string? Output { get; init; }

    /// <summary>Folder for single frames; null: none.</summary>
    internal string? FrameFolder { get; init; }

    internal VideoFormat? Format => Output is null ? null : VideoFormats.OfFile(Output);

    internal FrameRate Fps => ChosenFps ?? new(Format == VideoFormat.Gif ? GifFile.MaxFps : 60);

    /// <summary>Key frames of each cell of the grid.</summary>
    internal int KeyFramesPerCell => Motion == VideoMotion.Classes ? Classes!.Length : KeyFrames ?? (Seeds.Length / Grid.Places);

    internal int FrameCount => KeyFramesPerCell * FramesPerKey;

    /// <exception cref="UserException">Options contradict each other, are missing or out of range.</exception>
    internal void Validate()
    {
        if (Output is null && FrameFolder is null)
        {
            throw new UserException("Say where the video goes: --output FILE.mp4 (or .webm, .gif), or --frames DIR for single pictures.");
        }

        _ = Format;
        Require(FramesPerKey is >= 1 and <= MaxFrames, $"--w-frames {FramesPerKey}: expected 1 to {MaxFrames}.");
        Require(KeyFrames is null or (>= 1 and <= MaxFrames), $"--num-keyframes {KeyFrames}: expected 1 to {MaxFrames}.");
        Require(Format != VideoFormat.Gif || Fps.Value is >= 1 and <= GifFile.MaxFps, $"--fps {Fps}: a gif shows at least 1 and at most {GifFile.MaxFps} frames per second.");
        Require(Megabits is > 0 and <= MaxMegabits, $"--bitrate {Megabits}: expected more than 0 and at most {MaxMegabits} (Mbit/s).");
        Require(Harmonics is >= 1 and <= MaxHarmonics, $"--harmonics {Harmonics}: expected 1 to {MaxHarmonics}.");
        Require(double.IsFinite(PsiStart) && double.IsFinite(PsiEnd), "--trunc-start and --trunc-end: expected finite numbers.");
        ValidateMotion();
        Require((long)KeyFramesPerCell * FramesPerKey <= MaxFrames, $"{KeyFramesPerCell} key frames of {FramesPerKey} frames are more than {MaxFrames} frames.");
    }

    private void ValidateMotion()
    {
        Require(Motion == VideoMotion.Classes || Classes is null, "--classes needs --motion classes.");
        if (Motion == VideoMotion.Classes)
        {
            Require(Classes is not null, "--motion classes needs the classes to pass through, for example --classes 0-4.");
            Require(Pictures.Class is null, "--class has no effect with --motion classes: --classes names them.");
            Require(KeyFrames is null, "--num-keyframes has no effect with --motion classes: every class is a key frame.");
            Require(
                Seeds.Length == Grid.Places,
                $"--motion classes shows one seed in each cell: --grid {Grid.Columns}x{Grid.Rows} needs {Grid.Places} seeds, not {Seeds.Length}.");
        }
        else if (KeyFrames is null)
        {
            Require(
                Seeds.Length % Grid.Places == 0,
                $"--grid {Grid.Columns}x{Grid.Rows} has {Grid.Places} cells, which do not divide {Seeds.Length} seeds: give a multiple, or --num-keyframes.");
        }
    }

    private static void Require(bool isGood, string problem)
    {
        if (!isGood)
        {
            throw new UserException(problem);
        }
    }
}
