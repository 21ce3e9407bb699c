using StyleGanSharp.Generation.Models;
using StyleGanSharp.Generation.Requests;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Generation.Videos;

/// <summary>Great circles from z to z; after the last seed it returns to the first. Labels change linearly.</summary>
internal sealed class SphericalPath(VideoRequest request, uint[] seeds) : LatentPath
{
    internal override Tensor Styles(ModelSession session, double time)
    {
        using var scope = new TensorScope();
        int k = (int)time;
        (uint from, uint to) = (seeds[k % seeds.Length], seeds[(k + 1) % seeds.Length]);
        int zDim = session.Info.ZDim;
        double[] z = LatentInterpolation.Spherical(new NumpyRandom(from).RandN(zDim), new NumpyRandom(to).RandN(zDim), time - k);
        float[]? label = session.Label(request, from) is { } first
            ? [.. first.Zip(session.Label(request, to)!, (a, b) => float.Lerp(a, b, (float)(time - k)))]
            : null;
        return scope.Keep(session.Truncate(request, session.Map(Tensor.From(z, [1, zDim]), label)));
    }
}
