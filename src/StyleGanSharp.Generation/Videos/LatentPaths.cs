using StyleGanSharp.Generation.Models;
using StyleGanSharp.Generation.Requests;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Generation.Videos;

/// <summary>The paths of all cells of a video's grid, row by row.</summary>
internal static class LatentPaths
{
    internal static LatentPath[] Create(VideoRequest request, ModelSession session)
    {
        int perCell = request.Motion == VideoMotion.Classes ? 1 : request.KeyFramesPerCell;
        uint[] seeds = Arrange(request.Seeds, perCell * request.Grid.Cells, request.ShuffleSeed);
        return [.. seeds.Chunk(perCell).Select(own => CreateCell(request, session, own))];
    }

    // As the field does it: seeds are repeated until all key frames of all cells have one, then shuffled where that is asked for.
    private static uint[] Arrange(IReadOnlyList<uint> seeds, int count, uint? shuffleSeed)
    {
        uint[] all = [.. Enumerable.Range(0, count).Select(i => seeds[i % seeds.Count])];
        if (shuffleSeed is uint seed)
        {
            new NumpyRandom(seed).Shuffle(all.AsSpan());
        }

        return all;
    }

    private static LatentPath CreateCell(VideoRequest request, ModelSession session, uint[] seeds) => request.Motion switch
    {
        VideoMotion.Cubic => new KeyFramePath(KeyFrameCurve.Cubic(seeds.Select(s => Key(request, session, s)))),
        VideoMotion.Linear => new KeyFramePath(KeyFrameCurve.Linear(seeds.Select(s => Key(request, session, s)))),
        VideoMotion.Classes => new KeyFramePath(
            KeyFrameCurve.Cubic(request.Classes!.Select(c => Key(request with { Class = c }, session, seeds[0])))),
        VideoMotion.Slerp => new SphericalPath(request, seeds),
        VideoMotion.Circle => new LoopPath(request, seeds, harmonics: 1),
        VideoMotion.Noise => new LoopPath(request, seeds, request.Harmonics),
        _ => new TruncationPath(request, seeds),
    };

    // One key frame as the numbers of a curve.
    private static double[] Key(VideoRequest request, ModelSession session, uint seed)
    {
        using var scope = new TensorScope();
        return [.. session.Styles(request, Latent.OfSeed(seed), seed).ToArray<float>().Select(v => (double)v)];
    }
}
