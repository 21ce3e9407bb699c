using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks;

/// <summary>A generator, also a <see cref="Torch.Modules.Module"/>, as training runs it: its averages move where asked.</summary>
public interface ITrainableGenerator : IGenerator
{
    /// <summary>How many ws reach the image at the present level of detail, counted from the first.</summary>
    int ActiveWs { get; }

    /// <summary>
    /// Whether mapping and synthesis depend on nothing but what they are given and on float32 weights where they lie: no noise is
    /// drawn, no number read by the processor, nothing prepared beforehand. Such a computation can be recorded.
    /// </summary>
    bool IsRepeatable => false;

    /// <summary>z and labels to ws, [N, NumWs, WDim].</summary>
    /// <param name="z">[N, ZDim].</param>
    /// <param name="c">[N, CDim]; null for an unconditional network.</param>
    /// <param name="updateAverages">Let the batch move the average of w.</param>
    Tensor Map(Tensor z, Tensor? c, bool updateAverages);

    /// <summary>ws to images, [N, C, H, W]; never from a recording of inference.</summary>
    /// <param name="ws">[N, NumWs, WDim].</param>
    /// <param name="noise">Source of the noise.</param>
    /// <param name="updateAverages">Let the batch move the averages of the layers' input magnitudes.</param>
    Tensor Synthesize(Tensor ws, NoiseInput noise, bool updateAverages);
}
