using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks;

/// <summary>
/// What every generator of the family can do, whatever its generation. A generator without a mapping network has z followed by
/// the label as its only w: <see cref="NumWs"/> 1, <see cref="WDim"/> = <see cref="ZDim"/> + <see cref="CDim"/>.
/// </summary>
public interface IGenerator : IDisposable
{
    /// <summary>Size of the latents z.</summary>
    int ZDim { get; }

    /// <summary>Size of the label vectors; 0: unconditional.</summary>
    int CDim { get; }

    /// <summary>Size of the intermediate latents w.</summary>
    int WDim { get; }

    /// <summary>Number of ws, one for each layer that they control.</summary>
    int NumWs { get; }

    /// <summary>Width of the images.</summary>
    int Width { get; }

    /// <summary>Height of the images.</summary>
    int Height { get; }

    /// <summary>Colour channels of the images.</summary>
    int ImageChannels { get; }

    /// <summary>Running average of w, [WDim]; null where none is kept, and nothing can be truncated.</summary>
    Tensor? WAvg { get; }

    /// <summary>Resolutions of the layers that have a noise input, rising; empty: the network has none.</summary>
    IReadOnlyList<int> NoiseResolutions { get; }

    /// <summary>Layers that have a noise input, in the order in which they ask for it; empty: the network has none.</summary>
    IReadOnlyList<NoiseLayer> NoiseLayers => [];

    /// <summary>z and labels to w, without truncation.</summary>
    /// <param name="z">[N, ZDim] of N(0,1).</param>
    /// <param name="c">Labels, [N, CDim]; null for an unconditional network.</param>
    /// <returns>[N, NumWs, WDim] float32.</returns>
    Tensor Map(Tensor z, Tensor? c);

    /// <summary>w to images.</summary>
    /// <param name="ws">[N, NumWs, WDim] float32.</param>
    /// <param name="noise">Source of the noise; networks without noise inputs ignore it.</param>
    /// <returns>[N, ImageChannels, Height, Width] float32, about [-1, 1].</returns>
    Tensor Synthesize(Tensor ws, NoiseInput noise);

    /// <summary>Moves the network to a device.</summary>
    void To(Device device);
}
