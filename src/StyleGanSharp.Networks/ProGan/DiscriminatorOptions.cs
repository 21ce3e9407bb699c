using StyleGanSharp.Networks.Layers;

namespace StyleGanSharp.Networks.ProGan;

/// <summary>Architecture of a ProGAN discriminator. Defaults: Karras et al. (2018), table 2 and section 4.</summary>
public sealed record DiscriminatorOptions : IDiscriminatorOptions
{
    /// <summary>Width and height of the images, a power of two of at least 4.</summary>
    public required int Resolution { get; init; }

    /// <summary>Colour channels of the images.</summary>
    public int ImageChannels { get; init; } = 3;

    /// <summary>Size of the label vectors of the training run; 0: unconditional.</summary>
    public int CDim { get; init; }

    /// <summary>How many label logits the network gives besides the score (Odena et al., "AC-GAN", 2017): CDim, or 0.</summary>
    public int LabelLogits { get; init; }

    /// <summary>Feature maps.</summary>
    public ChannelRule Channels { get; init; } = new();

    /// <summary>Whether the layers scale their weights when used (equalised learning rate).</summary>
    public bool UseWeightScale { get; init; } = true;

    /// <summary>
    /// True: the second layer of a block halves the resolution in its convolution, before bias and activation. False: after them.
    /// The results differ.
    /// </summary>
    public bool FusedScale { get; init; } = true;

    /// <summary>Samples compared by the minibatch standard deviation; null: no such statistic.</summary>
    public int? MbStdGroupSize { get; init; } = 4;

    int? IDiscriminatorOptions.GroupSize => MbStdGroupSize ?? 1;
}
