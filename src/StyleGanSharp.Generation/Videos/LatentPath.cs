using StyleGanSharp.Generation.Models;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Generation.Videos;

/// <summary>The path of one cell's latents through a video.</summary>
internal abstract class LatentPath
{
    /// <summary>Truncated styles of a moment.</summary>
    /// <param name="session">The model.</param>
    /// <param name="time">In key frames, from 0.</param>
    /// <returns>[1, NumWs, WDim] float32.</returns>
    internal abstract Tensor Styles(ModelSession session, double time);
}
