using StyleGanSharp.Generation.Models;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Generation.Videos;

/// <summary>A curve through styles.</summary>
internal sealed class KeyFramePath(KeyFrameCurve curve) : LatentPath
{
    internal override Tensor Styles(ModelSession session, double time)
    {
        using var scope = new TensorScope();
        Tensor ws = Tensor.From(curve.At(time), [1, session.Info.NumWs, session.Info.WDim]);
        return scope.Keep(ws.To(DType.Float32).To(session.Info.Device));
    }
}
