using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Growing;

/// <summary>
/// Where a growing network stands: 0 is the full resolution, each whole step halves it, and between two steps both are blended.
/// Source: Karras et al. (2018), section 2 and figure 2.
/// </summary>
/// <param name="First">The finest level that takes part.</param>
/// <param name="Fade">Share of the next coarser level, 0 up to but not 1.</param>
internal readonly record struct LevelOfDetail(int First, double Fade)
{
    /// <summary>Width and height of the coarsest level.</summary>
    public const int LastResolution = 4;

    /// <summary>Pixels of the full resolution along one of the first level.</summary>
    public int Factor => 1 << First;

    /// <summary>Splits a number.</summary>
    /// <param name="lod">At least 0; beyond the coarsest level nothing changes.</param>
    /// <param name="levels">Number of levels.</param>
    public static LevelOfDetail Of(double lod, int levels)
    {
        int first = (int)Math.Min(Math.Floor(lod), levels - 1);
        return new LevelOfDetail(first, first == levels - 1 ? 0 : lod - first);
    }

    /// <summary>Images of a growing generator: blocks up to the level, the last two faded into each other.</summary>
    /// <param name="lod">Level of detail.</param>
    /// <param name="levels">Number of blocks, counted from 4x4.</param>
    /// <param name="features">Features of a block from those of the block below; of the first block from null.</param>
    /// <param name="toRgb">Colours of a block, [N, colours, R, R], from its features.</param>
    /// <returns>[N, colours, Resolution, Resolution]; blocks of <see cref="Factor"/> pixels are alike.</returns>
    public static Tensor Synthesize(double lod, int levels, Func<int, Tensor?, Tensor> features, Func<int, Tensor, Tensor> toRgb)
    {
        using var scope = new TensorScope();
        LevelOfDetail detail = Of(lod, levels);
        int last = levels - 1 - detail.First;
        Tensor? x = null, below = null;
        for (int i = 0; i <= last; i++)
        {
            if (i == last && detail.Fade > 0)
            {
                below = Boxes.Repeat(toRgb(i - 1, x!));
            }

            using var step = new TensorScope(); // Frees the block below as soon as it is used.
            Tensor? previous = x;
            x = step.Keep(features(i, previous));
            previous?.Dispose();
        }

        Tensor image = toRgb(last, x!);
        image = below is null ? image : image.Lerp(below, detail.Fade);
        return scope.Keep(Boxes.Repeat(image, detail.Factor));
    }

    /// <summary>Output of a growing discriminator: blocks from the level on, the first two faded into each other.</summary>
    /// <param name="lod">Level of detail.</param>
    /// <param name="levels">Number of blocks, counted from the full resolution.</param>
    /// <param name="image">[N, colours, Resolution, Resolution].</param>
    /// <param name="fromRgb">Features of a block from images of its resolution.</param>
    /// <param name="forward">Features of the next block, or the output, from those of a block.</param>
    public static Tensor Judge(
        double lod, int levels, Tensor image, Func<int, Tensor, Tensor> fromRgb, Func<int, Tensor, Tensor> forward)
    {
        using var scope = new TensorScope();
        LevelOfDetail detail = Of(lod, levels);
        image = Boxes.Average(image, detail.Factor);
        Tensor x = forward(detail.First, fromRgb(detail.First, image));
        x = detail.Fade > 0 ? x.Lerp(fromRgb(detail.First + 1, Boxes.Average(image)), detail.Fade) : x;
        for (int i = detail.First + 1; i < levels; i++)
        {
            x = forward(i, x);
        }

        return scope.Keep(x);
    }
}
