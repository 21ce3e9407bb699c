using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks;

/// <summary>What every discriminator of the family can do, whatever its generation.</summary>
public interface IDiscriminator : IDisposable
{
    /// <summary>Size of the label vectors; 0: unconditional.</summary>
    int CDim { get; }

    /// <summary>
    /// Whether <see cref="Forward"/> is the same computation every time, whatever the level of detail, so that it can be
    /// recorded.
    /// </summary>
    bool IsRepeatable => false;

    /// <summary>Judges images.</summary>
    /// <param name="image">[N, colours, Height, Width] float32, about [-1, 1].</param>
    /// <param name="c">Labels, [N, CDim]; null for an unconditional network, and for one that does not take labels in.</param>
    /// <returns>Logits, [N, 1]: positive for images taken as real.</returns>
    Tensor Forward(Tensor image, Tensor? c = null);

    /// <summary>Moves the network to a device.</summary>
    void To(Device device);
}
