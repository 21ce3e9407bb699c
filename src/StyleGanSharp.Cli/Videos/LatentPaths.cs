using StyleGanSharp.Cli.Generation;
using StyleGanSharp.Networks.Latents;

namespace StyleGanSharp.Cli.Videos;

/// <summary>The ways of all cells of a video's grid, row by row.</summary>
internal static class LatentPaths
{
    internal static LatentPath[] Create(VideoOptions options, PictureMaker maker)
    {
        int perCell = options.Motion == VideoMotion.Classes ? 1 : options.KeyFramesPerCell;
        uint[] seeds = Arrange(options.Seeds, perCell * options.Grid.Places, options.ShuffleSeed);
        return [.. seeds.Chunk(perCell).Select(own => CreateCell(options, maker, own))];
    }

    // As the field does it: seeds are repeated until all key frames of all cells have one, then shuffled where that is asked for.
    private static uint[] Arrange(uint[] seeds, int count, uint? shuffleSeed)
    {
        uint[] all = [.. Enumerable.Range(0, count).Select(i => seeds[i % seeds.Length])];
        if (shuffleSeed is uint seed)
        {
            new NumpyRandom(seed).Shuffle(all.AsSpan());
        }

        return all;
    }

    private static LatentPath CreateCell(VideoOptions options, PictureMaker maker, uint[] seeds) => options.Motion switch
    {
        VideoMotion.Cubic => new KeyFramePath(maker, KeyFrameCurve.Cubic(seeds.Select(s => KeyFramePath.Numbers(maker.Ws(s))))),
        VideoMotion.Linear => new KeyFramePath(maker, KeyFrameCurve.Linear(seeds.Select(s => KeyFramePath.Numbers(maker.Ws(s))))),
        VideoMotion.Classes => new KeyFramePath(
            maker, KeyFrameCurve.Cubic(options.Classes!.Select(c => KeyFramePath.Numbers(maker.Ws(seeds[0], maker.Classes.Labels.Parse("--classes", c)))))),
        VideoMotion.Slerp => new SphericalPath(maker, seeds),
        VideoMotion.Circle => new LoopPath(maker, seeds, harmonics: 1),
        VideoMotion.Noise => new LoopPath(maker, seeds, options.Harmonics),
        _ => new TruncationPath(maker, seeds, options.PsiStart, options.PsiEnd),
    };
}
