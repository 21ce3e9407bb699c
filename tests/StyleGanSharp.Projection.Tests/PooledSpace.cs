using StyleGanSharp.Networks.Features;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Projection.Tests;

/// <summary>The stand-in of the golden files: means of 4x4 pixels over 100.</summary>
internal sealed class PooledSpace : IPerceptualSpace
{
    public string Name => "pooled";

    public Tensor Embed(Tensor images)
    {
        long count = images.Size(0), channels = images.Size(1), height = images.Size(2) / 4, width = images.Size(3) / 4;
        return images.Reshape(count, channels, height, 4, width, 4).Mean([3, 5]).Reshape(count, -1) / 100;
    }

    public void Dispose()
    {
    }
}
