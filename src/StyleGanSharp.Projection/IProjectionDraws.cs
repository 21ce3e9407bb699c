using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Projection;

/// <summary>The random numbers of a projection; tests replay those of the golden files.</summary>
internal interface IProjectionDraws
{
    /// <summary>Noise added to the latents in one step, N(0,1).</summary>
    /// <param name="step">Counted from 0.</param>
    /// <param name="starts">Starts for each target.</param>
    /// <param name="layers">Latents that move by themselves: 1 in W.</param>
    /// <param name="width">Size of w.</param>
    /// <returns>[starts, layers, width] float32 on the CPU.</returns>
    Tensor Latent(int step, int starts, int layers, int width);

    /// <summary>First values of a layer's noise, N(0,1).</summary>
    /// <param name="index">Place of the layer.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="starts">Starts for each target.</param>
    /// <returns>[starts, 1, H, W] float32 on the CPU.</returns>
    Tensor Noise(int index, NoiseLayer layer, int starts);
}
