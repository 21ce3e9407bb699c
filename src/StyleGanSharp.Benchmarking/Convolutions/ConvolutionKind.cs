namespace StyleGanSharp.Benchmarking.Convolutions;

/// <summary>How a convolution of a network goes from one resolution to another.</summary>
internal enum ConvolutionKind
{
    /// <summary>Gives as many samples as it reads.</summary>
    Same,

    /// <summary>Gives every sample that the kernel touches: K-1 more in each direction (StyleGAN3).</summary>
    Full,

    /// <summary>Inserts zeros between the samples first: twice the width and height (StyleGAN2, before its filter).</summary>
    Doubled,

    /// <summary>Repeats every sample 2x2 first: twice the width and height (ProGAN, StyleGAN).</summary>
    BoxDoubled,

    /// <summary>Gives every second sample in each direction (discriminators, after the filter).</summary>
    Halved,

    /// <summary>From or to the colours of an image, 1x1.</summary>
    Colours,
}
