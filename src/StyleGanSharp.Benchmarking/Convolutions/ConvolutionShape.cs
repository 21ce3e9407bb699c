namespace StyleGanSharp.Benchmarking.Convolutions;

/// <summary>One convolution that a network needs for one image.</summary>
/// <param name="Kind">What it does to the resolution.</param>
/// <param name="InChannels">Feature maps that it reads.</param>
/// <param name="OutChannels">Feature maps that it gives.</param>
/// <param name="Height">Rows that it reads.</param>
/// <param name="Width">Columns that it reads.</param>
/// <param name="Kernel">Width and height of the kernel.</param>
internal readonly record struct ConvolutionShape(
    ConvolutionKind Kind, int InChannels, int OutChannels, int Height, int Width, int Kernel = 3)
{
    /// <summary>Multiplications and additions that no way of computing it does without, in 10^9.</summary>
    /// <remarks>
    /// A kernel between two resolutions is counted at the lower one, and a full convolution where it reads. Repeated samples meet
    /// two neighbouring taps each way, so that K x K taps on them are (K+1) x (K+1) taps on the samples themselves.
    /// </remarks>
    internal double Gflop
    {
        get
        {
            double taps = Kind == ConvolutionKind.BoxDoubled ? (Kernel + 1.0) * (Kernel + 1) : (double)Kernel * Kernel;
            double places = Kind == ConvolutionKind.Halved ? Height / 2.0 * (Width / 2.0) : (double)Height * Width;
            return 2 * taps * InChannels * OutChannels * places / 1e9;
        }
    }
}
