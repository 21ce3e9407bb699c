using StyleGanSharp.Cli.Generation;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.Videos;

/// <summary>A curve through ws.</summary>
internal sealed class KeyFramePath(PictureMaker maker, KeyFrameCurve curve) : LatentPath
{
    /// <summary>One key frame as the numbers of a curve.</summary>
    /// <param name="ws">[1, NumWs, WDim]; disposed.</param>
    internal static double[] Numbers(Tensor ws)
    {
        using (ws)
        {
            return [.. ws.ToArray<float>().Select(v => (double)v)];
        }
    }

    internal override Tensor Ws(double time)
    {
        using var scope = new TensorScope();
        Tensor ws = Tensor.From(curve.At(time), [1, maker.Generator.NumWs, maker.Generator.WDim]);
        return scope.Keep(ws.To(DType.Float32).To(maker.Device));
    }
}
