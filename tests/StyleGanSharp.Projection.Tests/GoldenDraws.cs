using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Projection.Tests;

/// <summary>The draws of the golden projection.</summary>
internal sealed class GoldenDraws(GoldenTensors golden) : IProjectionDraws
{
    public Tensor Latent(int step, int starts, int layers, int width) =>
        golden["w_noise"].Select(0, step).Reshape(starts, layers, width);

    public Tensor Noise(int index, NoiseLayer layer, int starts) =>
        golden[$"init_noise/{layer.Name}"].Reshape(starts, 1, layer.Height, layer.Width);
}
