using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Cuda;

namespace StyleGanSharp.Networks.Ops.Cuda;

/// <summary>One resampling by a CUDA kernel, with a filter [Ty, Tx].</summary>
/// <param name="Kernels">What launches.</param>
/// <param name="Up">Upsampling factors.</param>
/// <param name="Down">Downsampling factors.</param>
/// <param name="Pad">Left and top padding, in samples of the upsampled image.</param>
/// <param name="Source">Size of the image.</param>
/// <param name="Target">Size of the result; it stands for the padding on the other sides.</param>
/// <param name="Taps">Size of the filter.</param>
/// <param name="Reverse">A true convolution instead of a correlation.</param>
/// <param name="Gain">Total factor.</param>
internal sealed record UpFirDn2dCall(
    ICudaKernels Kernels, (int X, int Y) Up, (int X, int Y) Down, (int X, int Y) Pad, (int X, int Y) Source, (
        int X, int Y) Target,
    (int X, int Y) Taps, bool Reverse, float Gain)
{
    /// <summary>
    /// The transpose, which is a resampling too. With y[o] = sum over k of f[k] · u[o·down + k] and u[i·up + pad] = x[i], the
    /// factor between x[i] and y[o] is the tap k = i·up + pad - o·down; counted from the other end, it is the one of the
    /// transposed call.
    /// </summary>
    internal UpFirDn2dCall Transposed() => this with
    {
        Up = Down,
        Down = Up,
        Pad = (Taps.X - 1 - Pad.X, Taps.Y - 1 - Pad.Y),
        Source = Target,
        Target = Source,
        Reverse = !Reverse,
    };

    /// <summary>Launches the kernel.</summary>
    /// <param name="x">[N, C, H, W], any strides.</param>
    /// <param name="filter">[Ty, Tx] float32, contiguous.</param>
    internal Tensor Run(Tensor x, Tensor filter)
    {
        long n = x.Size(0), channels = x.Size(1);
        Tensor target = CudaLayout.EmptyImages(x, n, channels, Target.Y, Target.X);
        var parameters = new UpFirDn2dParameters
        {
            X = x.DataPointer,
            Filter = filter.DataPointer,
            Target = target.DataPointer,
            Strides = ImageStrides.Of(x),
            TargetStrides = ImageStrides.Of(target),
            Count = target.Count,
            Channels = (int)channels,
            Height = Source.Y,
            Width = Source.X,
            TargetHeight = Target.Y,
            TargetWidth = Target.X,
            TapsX = Taps.X,
            TapsY = Taps.Y,
            UpX = Up.X,
            UpY = Up.Y,
            DownX = Down.X,
            DownY = Down.Y,
            PadX = Pad.X,
            PadY = Pad.Y,
            Reverse = Reverse ? 1 : 0,
            ChannelsLast = CudaLayout.IsChannelsLast(target) ? 1 : 0,
            Gain = Gain,
        };
        Kernels.Launch(CudaSources.Of(CudaUpFirDn2d.File, x.DType), "upfirdn2d", x.Device, CudaLaunch.ForElements(target.Count),
            parameters);
        GC.KeepAlive((x, filter));
        return target;
    }
}
