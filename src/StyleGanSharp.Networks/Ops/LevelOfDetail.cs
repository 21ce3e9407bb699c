using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Ops;

/// <summary>
/// Progressive growing: the level of detail (lod) says how many times the full resolution is halved. Between whole levels two
/// neighbouring resolutions are faded into each other. Source: Karras et al., "Progressive Growing of GANs" (2018), section 2 and figure 2.
/// </summary>
/// <param name="Level">The finer of the levels that are in use: 0 is the full resolution, 1 half of it.</param>
/// <param name="Fade">Share of the next coarser level, 0 (none) to below 1.</param>
internal readonly record struct LevelOfDetail(int Level, double Fade)
{
    /// <summary>Splits a level of detail.</summary>
    /// <param name="lod">0 to <paramref name="coarsest"/>; what lies outside is limited.</param>
    /// <param name="coarsest">The last level there is.</param>
    internal static LevelOfDetail Split(double lod, int coarsest)
    {
        double limited = Math.Clamp(lod, 0, coarsest);
        int level = (int)Math.Floor(limited);
        return new(level, limited - level);
    }

    /// <summary>Repeats every pixel: [N, C, H, W] to [N, C, H·factor, W·factor].</summary>
    internal static Tensor Repeat(Tensor x, int factor)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (factor == 1)
        {
            return x.Alias();
        }

        using var scope = new TensorScope();
        long n = x.Size(0), c = x.Size(1), h = x.Size(2), w = x.Size(3);
        return scope.Keep(x.Reshape(n, c, h, 1, w, 1).Expand(n, c, h, factor, w, factor).Reshape(n, c, h * factor, w * factor));
    }

    /// <summary>Averages blocks of pixels: [N, C, H, W] to [N, C, H/factor, W/factor].</summary>
    internal static Tensor Average(Tensor x, int factor)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (factor == 1)
        {
            return x.Alias();
        }

        using var scope = new TensorScope();
        long n = x.Size(0), c = x.Size(1), h = x.Size(2), w = x.Size(3);
        return scope.Keep(x.Reshape(n, c, h / factor, factor, w / factor, factor).Mean([3, 5]));
    }
}
