using StyleGanSharp.Networks.Ops.Filters;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Layers;

/// <summary>A module with a buffer <c>resample_filter</c>.</summary>
public abstract class ResamplingModule : Module
{
    private protected ResamplingModule(ReadOnlySpan<double> taps) =>
        Filter = AddBuffer("resample_filter", ResampleFilter.Setup(taps))!;

    /// <summary>The prepared filter.</summary>
    private protected Tensor Filter { get; }
}
