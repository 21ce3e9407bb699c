using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Layers;

/// <summary>A layer that adds noise to its features: what <see cref="NoiseInput.Given"/> is asked for.</summary>
/// <param name="Name">Name within the network, e.g. <c>b8.conv0</c>.</param>
/// <param name="Stored">The noise stored with the network, [Height, Width] float32; the network's own: to be read only.</param>
public sealed record NoiseLayer(string Name, Tensor Stored)
{
    /// <summary>Rows of the noise.</summary>
    public int Height => (int)Stored.Size(0);

    /// <summary>Columns of the noise.</summary>
    public int Width => (int)Stored.Size(1);
}
