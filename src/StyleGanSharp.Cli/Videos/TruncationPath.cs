using StyleGanSharp.Cli.Generation;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.Videos;

/// <summary>Psi swings from start to end and back, once for each seed.</summary>
internal sealed class TruncationPath(PictureMaker maker, uint[] seeds, double start, double end) : LatentPath
{
    internal override Tensor Ws(double time)
    {
        using var scope = new TensorScope();
        uint seed = seeds[(int)time % seeds.Length];
        double swing = (1 - Math.Cos(2 * Math.PI * time)) / 2; // 0 at whole times, 1 between them.
        Tensor z = LatentSeeds.Draw([seed], maker.Generator.ZDim);
        return scope.Keep(maker.Truncate(maker.Map(z, maker.Classes.Label(seed)), start + ((end - start) * swing)));
    }
}
