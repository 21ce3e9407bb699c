using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Layers;

/// <summary>
/// A layer's resampling filter: stored as checkpoints have it (often a window [T, T]), applied in its cheapest form (two passes of
/// [T] where the window is an outer product).
/// </summary>
/// <param name="stored">The registered buffer, owned by the layer.</param>
internal sealed class FilterBuffer(Tensor stored) : IDisposable
{
    private Tensor? separated;
    private bool examined;

    /// <summary>The filter to pass to resampling operators.</summary>
    internal Tensor Value
    {
        get
        {
            if (!examined)
            {
                separated = ResampleFilter.Separate(stored)?.Own();
                examined = true;
            }

            return separated ?? stored;
        }
    }

    /// <summary>Forgets what was derived; the stored values have changed.</summary>
    internal void Invalidate()
    {
        Dispose();
        examined = false;
    }

    public void Dispose()
    {
        separated?.Dispose();
        separated = null;
    }
}
