namespace StyleGanSharp.Benchmarking.Convolutions;

/// <summary>What is computed of a convolution; each is a convolution again, of about the same arithmetic.</summary>
internal enum ConvolutionPass
{
    /// <summary>The result.</summary>
    Forward,

    /// <summary>The gradient of the input.</summary>
    BackwardData,

    /// <summary>The gradient of the weights.</summary>
    BackwardWeights,
}
