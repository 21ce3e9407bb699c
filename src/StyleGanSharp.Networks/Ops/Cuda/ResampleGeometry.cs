using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Ops.Cuda;

/// <summary>How one filter of <see cref="CudaFilteredLrelu"/> lies on the oversampled image.</summary>
/// <param name="Factor">Of up- or downsampling.</param>
/// <param name="Taps">Size of the filter.</param>
/// <param name="IsSeparable">One row of taps for both axes.</param>
/// <param name="Reverse">A true convolution instead of a correlation.</param>
/// <param name="Offset">Upsampling: left and top padding. Downsampling: where the first window begins.</param>
internal readonly record struct ResampleGeometry(
    int Factor, (int X, int Y) Taps, bool IsSeparable, bool Reverse, (int X, int Y) Offset)
{
    /// <summary>The transpose of an upsampling, a downsampling.</summary>
    internal ResampleGeometry ToDownsampling() =>
        this with { Reverse = !Reverse, Offset = (Offset.X - Taps.X + 1, Offset.Y - Taps.Y + 1) };

    /// <summary>The transpose of a downsampling, an upsampling.</summary>
    internal ResampleGeometry ToUpsampling() =>
        this with { Reverse = !Reverse, Offset = (Taps.X - 1 + Offset.X, Taps.Y - 1 + Offset.Y) };

    /// <summary>As the kernel takes it.</summary>
    internal ResampleStep Step(Tensor filter) => new()
    {
        Filter = filter.DataPointer,
        Factor = Factor,
        TapsX = Taps.X,
        TapsY = Taps.Y,
        Separable = IsSeparable ? 1 : 0,
        Reverse = Reverse ? 1 : 0,
        OffsetX = Offset.X,
        OffsetY = Offset.Y,
    };
}
