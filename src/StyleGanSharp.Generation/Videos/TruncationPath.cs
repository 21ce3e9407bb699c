using StyleGanSharp.Generation.Models;
using StyleGanSharp.Generation.Requests;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Generation.Videos;

/// <summary>Psi swings from start to end and back, once for each seed.</summary>
internal sealed class TruncationPath(VideoRequest request, uint[] seeds) : LatentPath
{
    internal override Tensor Styles(ModelSession session, double time)
    {
        using var scope = new TensorScope();
        uint seed = seeds[(int)time % seeds.Length];
        double swing = (1 - Math.Cos(2 * Math.PI * time)) / 2; // 0 at whole times, 1 between them.
        Tensor z = LatentSeeds.Draw([seed], session.Info.ZDim);
        double psi = request.PsiStart + ((request.PsiEnd - request.PsiStart) * swing);
        return scope.Keep(session.Truncate(request, session.Map(z, session.Label(request, seed)), psi));
    }
}
