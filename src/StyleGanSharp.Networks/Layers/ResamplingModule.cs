using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Layers;

/// <summary>A module with a buffer <c>resample_filter</c>.</summary>
public abstract class ResamplingModule : Module
{
    private readonly FilterBuffer filter;

    private protected ResamplingModule(ReadOnlySpan<double> taps) =>
        filter = new FilterBuffer(AddBuffer("resample_filter", ResampleFilter.Setup(taps))!);

    /// <summary>The prepared filter, in the form that is cheapest to apply.</summary>
    private protected Tensor Filter => filter.Value;

    /// <inheritdoc/>
    protected override void OnLoaded() => filter.Invalidate();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        filter.Dispose();
        base.Dispose(disposing);
    }
}
