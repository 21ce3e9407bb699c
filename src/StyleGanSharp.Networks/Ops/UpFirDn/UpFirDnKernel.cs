using StyleGanSharp.Networks.Ops.Simd;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Ops.UpFirDn;

/// <summary>
/// The fast form of <see cref="UpFirDn2d.Reference"/> for separable filters on the CPU, in both memory layouts.
/// </summary>
internal static unsafe class UpFirDnKernel
{
    /// <summary>Whether a tensor can be worked on.</summary>
    internal static bool Accepts(Tensor x) => FastOps.Take(x) && x.Dim == 4;

    /// <summary>Resamples along both axes.</summary>
    /// <param name="x">[N, C, H, W] float32 on the CPU; channels-last stays channels-last.</param>
    /// <param name="across">Along x: W to W'.</param>
    /// <param name="along">Along y: H to H'.</param>
    /// <returns>[N, C, H', W'].</returns>
    internal static Tensor Apply(Tensor x, ResampleAxis across, ResampleAxis along)
    {
        using var scope = new TensorScope();
        long n = x.Size(0), channels = x.Size(1);
        bool interleaved = channels > 1 && x.IsChannelsLast && !x.IsContiguous;
        Tensor input = interleaved ? x : x.Contiguous();
        Tensor result = interleaved
            ? Tensor.Empty([n, along.OutLength, across.OutLength, channels])
            : Tensor.Empty([n, channels, along.OutLength, across.OutLength]);
        long together = interleaved ? channels : 1, planes = interleaved ? n : n * channels;
        var rows = new Rows(
            (float*)input.DataPointer, (float*)result.DataPointer, together, across.Length * together, along.Length,
            across.Table(), along.Table());
        LaneLoop.For(planes * along.OutLength, LaneLoop.Grain / Math.Max(1, across.OutLength * together), rows);
        GC.KeepAlive(input);
        return scope.Keep(interleaved ? result.Permute(0, 3, 1, 2) : result);
    }

    private readonly struct Rows(
        float* source, float* target, long channels, long length, long height, ResampleTable across, ResampleTable along)
        : ILaneKernel
    {
        public void Part<T>(long begin, long end)
            where T : struct, ILanes<T>
        {
            int outHeight = along.First.Length;
            long outLength = across.First.Length * channels;
            var memory = new float[length];
            fixed (float* mixed = memory)
            {
                for (long i = begin; i < end; i++)
                {
                    long plane = i / outHeight;
                    ResampleRows.Vertical<T, Float32Element>(
                        mixed, source, plane * height * length, length, along, (int)(i - (plane * outHeight)));
                    ResampleRows.Horizontal<T>(target + (i * outLength), mixed, channels, across);
                }
            }
        }
    }
}
