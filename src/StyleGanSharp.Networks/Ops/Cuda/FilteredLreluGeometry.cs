using StyleGanSharp.Networks.Ops.AliasFree;
using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Networks.Ops.UpFirDn;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Ops.Cuda;

/// <summary>Sizes and places of one application of <see cref="CudaFilteredLrelu"/>, or of its transpose.</summary>
/// <param name="Up">First filter.</param>
/// <param name="Down">Second filter.</param>
/// <param name="Source">Size of the image.</param>
/// <param name="High">Size of the oversampled image.</param>
/// <param name="Target">Size of the result.</param>
/// <param name="Scale">Factor of every oversampled sample.</param>
internal sealed record FilteredLreluGeometry(
    ResampleGeometry Up, ResampleGeometry Down, (int X, int Y) Source, (int X, int Y) High, (int X, int Y) Target, float Scale)
{
    /// <summary>Of the operator as <see cref="FilteredLrelu.Apply"/> is called.</summary>
    /// <exception cref="ShapeException">The padded or the oversampled image is smaller than a filter.</exception>
    internal static FilteredLreluGeometry Of(
        Tensor x, Tensor? upFilter, Tensor? downFilter, int up, int down, Padding padding, bool flipFilter)
    {
        (int X, int Y) source = ((int)x.Size(3), (int)x.Size(2)), upTaps = UpFirDn2d.SizeOf(upFilter),
            downTaps = UpFirDn2d.SizeOf(downFilter);
        (int X, int Y) padded = ((source.X * up) + padding.X0 + padding.X1, (source.Y * up) + padding.Y0 + padding.Y1);
        (int X, int Y) high = (padded.X - upTaps.X + 1, padded.Y - upTaps.Y + 1);
        Require(padded, upTaps);
        Require(high, downTaps);
        return new FilteredLreluGeometry(
            new ResampleGeometry(up, upTaps, upFilter is not { Dim: 2 }, !flipFilter, (padding.X0, padding.Y0)),
            new ResampleGeometry(down, downTaps, downFilter is not { Dim: 2 }, !flipFilter, (0, 0)),
            source, high, (((high.X - downTaps.X) / down) + 1, ((high.Y - downTaps.Y) / down) + 1), up * up);

        static void Require((int X, int Y) image, (int X, int Y) taps)
        {
            if (image.X < taps.X || image.Y < taps.Y)
            {
                throw new ShapeException(
                    $"the padded image is {image.X}x{image.Y}, smaller than the filter of {taps.X}x{taps.Y} taps", nameof(x));
            }
        }
    }

    /// <summary>Of the transpose: the filters change places and directions, the oversampled image stays.</summary>
    internal FilteredLreluGeometry Transposed() => this with
    {
        Up = Down.ToUpsampling(),
        Down = Up.ToDownsampling(),
        Source = Target,
        Target = Source,
    };
}
