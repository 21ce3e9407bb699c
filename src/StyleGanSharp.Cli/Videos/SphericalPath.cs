using StyleGanSharp.Cli.Generation;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.Videos;

/// <summary>Great circles from z to z; after the last seed it returns to the first. Labels change linearly.</summary>
internal sealed class SphericalPath(PictureMaker maker, uint[] seeds) : LatentPath
{
    internal override Tensor Ws(double time)
    {
        using var scope = new TensorScope();
        int k = (int)time;
        (uint from, uint to) = (seeds[k % seeds.Length], seeds[(k + 1) % seeds.Length]);
        int zDim = maker.Generator.ZDim;
        double[] z = LatentInterpolation.Spherical(new NumpyRandom(from).RandN(zDim), new NumpyRandom(to).RandN(zDim), time - k);
        Tensor? label = maker.Classes.Label(from) is Tensor first ? first.Lerp(maker.Classes.Label(to)!, time - k) : null;
        return scope.Keep(maker.Truncate(maker.Map(Tensor.From(z, [1, zDim]), label)));
    }
}
