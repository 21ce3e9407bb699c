using StyleGanSharp.Networks.Ops.AliasFree;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Cuda;

namespace StyleGanSharp.Networks.Ops.Cuda;

/// <summary>One application of <see cref="FilteredLrelu"/> by a CUDA kernel.</summary>
/// <param name="Kernels">What launches.</param>
/// <param name="Geometry">Sizes and places.</param>
/// <param name="Gain">Factor of the activation.</param>
/// <param name="Slope">Slope below zero.</param>
/// <param name="Limit">Limit of the magnitude after the gain; negative: none.</param>
internal sealed record CudaFilteredLreluCall(
    ICudaKernels Kernels, FilteredLreluGeometry Geometry, float Gain, float Slope, float Limit)
{
    private const int SamplesPerByte = 4;

    /// <summary>The transpose, for a mask to be applied.</summary>
    internal CudaFilteredLreluCall Transposed() => this with { Geometry = Geometry.Transposed() };

    /// <summary>A mask for one piece of the activation per oversampled sample, two bits each, [N·C, H, bytes of a row].</summary>
    internal Tensor EmptyMask(Tensor x) =>
        Tensor.Empty([x.Size(0) * x.Size(1), Geometry.High.Y, MaskPitch], DType.UInt8, x.Device);

    private long MaskPitch => (Geometry.High.X + SamplesPerByte - 1) / SamplesPerByte;

    /// <summary>Launches the kernel.</summary>
    /// <param name="x">[N, C, H, W], any strides.</param>
    /// <param name="bias">[C], or null.</param>
    /// <param name="upFilter">Of the first filter, float32, contiguous: [T] or [Ty, Tx].</param>
    /// <param name="downFilter">Of the second filter, likewise.</param>
    /// <param name="mask">From <see cref="EmptyMask"/> of the original call.</param>
    /// <param name="use">What the mask is for.</param>
    /// <param name="factor">Of the image, before the bias: [N, C] float32; null: none.</param>
    internal Tensor Run(
        Tensor x, Tensor? bias, Tensor upFilter, Tensor downFilter, Tensor? mask, FilteredLreluMask use, Tensor? factor = null)
    {
        using var scope = new TensorScope();
        FilteredLreluTiles tiles = FilteredLreluTiles.For(Geometry)!.Value;
        long n = x.Size(0), channels = x.Size(1);
        Tensor? plainBias = bias?.Contiguous(), plainFactor = factor?.Contiguous();
        Tensor target = CudaLayout.EmptyImages(x, n, channels, Geometry.Target.Y, Geometry.Target.X);
        var parameters = new FilteredLreluParameters
        {
            X = x.DataPointer,
            Factor = plainFactor?.DataPointer ?? 0,
            Bias = plainBias?.DataPointer ?? 0,
            Target = target.DataPointer,
            Mask = mask?.DataPointer ?? 0,
            Up = Geometry.Up.Step(upFilter),
            Down = Geometry.Down.Step(downFilter),
            Strides = ImageStrides.Of(x),
            TargetStrides = ImageStrides.Of(target),
            MaskPitch = MaskPitch,
            Channels = (int)channels,
            Height = Geometry.Source.Y,
            Width = Geometry.Source.X,
            HighHeight = Geometry.High.Y,
            HighWidth = Geometry.High.X,
            TargetHeight = Geometry.Target.Y,
            TargetWidth = Geometry.Target.X,
            TileHeight = tiles.Height,
            TileWidth = tiles.Width,
            MaskUse = (int)use,
            Scale = Geometry.Scale,
            Gain = Gain,
            Slope = Slope,
            Limit = Limit,
        };
        long blocks = n * channels * Ceiling(Geometry.Target.X, tiles.Width) * Ceiling(Geometry.Target.Y, tiles.Height);
        var launch = new CudaLaunch(checked((int)blocks), CudaLaunch.DefaultThreads, tiles.SharedBytes);
        Kernels.Launch(CudaSources.Of(CudaFilteredLrelu.File, x.DType), "filtered_lrelu", x.Device, launch, parameters);
        GC.KeepAlive((x, upFilter, downFilter, mask));
        return scope.Keep(target);
    }

    private static long Ceiling(long a, long b) => (a + b - 1) / b;
}
