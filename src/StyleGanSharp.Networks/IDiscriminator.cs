using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks;

/// <summary>What every discriminator of the family can do, whatever its generation.</summary>
public interface IDiscriminator : IDisposable
{
    /// <summary>Size of the label vectors; 0: unconditional.</summary>
    int CDim { get; }

    /// <summary>Width and height of the pictures.</summary>
    int Resolution { get; }

    /// <summary>Colour channels of the pictures.</summary>
    int ImageChannels { get; }

    /// <summary>Judges pictures.</summary>
    /// <param name="image">[N, ImageChannels, Resolution, Resolution] float32, about [-1, 1].</param>
    /// <param name="c">Labels, [N, CDim]; null for an unconditional network.</param>
    /// <returns>Logits, [N, 1]: positive for pictures taken as real.</returns>
    /// <exception cref="ShapeException">The pictures or labels have another shape.</exception>
    Tensor Forward(Tensor image, Tensor? c = null);

    /// <summary>Moves the network to a device.</summary>
    void To(Device device);
}
