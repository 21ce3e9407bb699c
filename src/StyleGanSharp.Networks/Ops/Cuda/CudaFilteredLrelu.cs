using StyleGanSharp.Networks.Ops.AliasFree;
using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Cuda;

namespace StyleGanSharp.Networks.Ops.Cuda;

/// <summary>
/// The fast form of <see cref="FilteredLrelu"/> on CUDA devices: the oversampled image exists in shared memory only, tile by
/// tile.
/// </summary>
internal static class CudaFilteredLrelu
{
    /// <summary>Name of the source file.</summary>
    internal const string File = "filtered_lrelu";

    // What the kernels count blocks with.
    private const long MostBlocks = int.MaxValue;

    /// <summary>Whether a call can be taken over. A filter that is learned, or too large for shared memory, cannot.</summary>
    internal static bool Accepts(
        Tensor x, Tensor? upFilter, Tensor? downFilter, Tensor? bias, int up, int down, Padding padding, bool flipFilter) =>
        x.Device.Type == DeviceType.Cuda && Fits(x, upFilter) && Fits(x, downFilter) && CudaOperators.Suits(bias, x)
            && x.Count <= MostBlocks
        && CudaOperators.Accepts(File, x)
        && HasTiles(FilteredLreluGeometry.Of(x, upFilter, downFilter, up, down, padding, flipFilter));

    /// <inheritdoc cref="FilteredLrelu.Apply"/>
    internal static Tensor Apply(
        Tensor x, Tensor? upFilter, Tensor? downFilter, Tensor? bias, int up, int down, Padding padding, double gain,
        double slope, double? clamp,
        bool flipFilter) =>
        Apply(CudaOperators.Kernels, x, upFilter, downFilter, bias, up, down, padding, gain, slope, clamp, flipFilter);

    /// <summary>
    /// The same, launched by other means. <c>factor</c>: of the image, before the bias, [N, C] float32, where nothing is recorded
    /// only; null: none.
    /// </summary>
    /// <inheritdoc cref="FilteredLrelu.Apply"/>
    internal static Tensor Apply(
        ICudaKernels kernels, Tensor x, Tensor? upFilter, Tensor? downFilter, Tensor? bias, int up, int down, Padding padding,
        double gain, double slope,
        double? clamp, bool flipFilter, Tensor? factor = null)
    {
        if (factor is not null)
        {
            Shape.Require(factor, [x.Size(0), x.Size(1)]);
        }

        using var scope = new TensorScope();
        var geometry = FilteredLreluGeometry.Of(x, upFilter, downFilter, up, down, padding, flipFilter);
        var call = new CudaFilteredLreluCall(
            kernels, geometry, (float)gain, (float)slope, clamp is double limit ? (float)limit : -1);
        Tensor first = Taps(upFilter, x), second = Taps(downFilter, x);
        return scope.Keep(factor is null && GradMode.IsEnabled && (x.RequiresGrad || bias is { RequiresGrad: true })
            ? CudaFilteredLreluFunction.Apply(call, x, bias, first, second)
            : call.Run(x, bias, first, second, null, FilteredLreluMask.None, factor));
    }

    /// <summary>Whether both directions fit into shared memory.</summary>
    internal static bool HasTiles(FilteredLreluGeometry geometry) =>
        FilteredLreluTiles.For(geometry) is not null && FilteredLreluTiles.For(geometry.Transposed()) is not null;

    private static bool Fits(Tensor x, Tensor? filter) => filter is null || (!filter.RequiresGrad && filter.Device == x.Device);

    private static Tensor Taps(Tensor? filter, Tensor x) =>
        filter?.Detach().To(DType.Float32).Contiguous() ?? Tensor.Ones([1], device: x.Device);
}
