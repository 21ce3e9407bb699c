using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.Videos;

/// <summary>The way of one cell's latents through a video.</summary>
internal abstract class LatentPath
{
    /// <summary>Truncated ws of a moment.</summary>
    /// <param name="time">In key frames, from 0.</param>
    /// <returns>[1, NumWs, WDim] float32.</returns>
    internal abstract Tensor Ws(double time);
}
