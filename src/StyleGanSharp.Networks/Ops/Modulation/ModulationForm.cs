namespace StyleGanSharp.Networks.Ops.Modulation;

/// <summary>How a modulated convolution is computed. All forms give the same result up to rounding.</summary>
public enum ModulationForm
{
    /// <summary>The cheaper of the two for the sizes at hand.</summary>
    Auto,

    /// <summary>
    /// Scale the input by the style and the output by the demodulation factor around one convolution shared by the batch.
    /// </summary>
    Activations,

    /// <summary>
    /// Scale the weights for each sample, the definition in the paper: the batch becomes groups of one convolution.
    /// </summary>
    Weights,
}
