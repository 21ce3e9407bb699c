using StyleGanSharp.Metrics.Samples;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Statistics;

/// <summary>Something that takes 8-bit images as they are.</summary>
/// <typeparam name="T">What they are gathered in; disposed with the statistic where it can be.</typeparam>
/// <param name="value">What they are gathered in.</param>
/// <param name="add">Adds uint8 [N, C, H, W].</param>
internal sealed class PixelStatistic<T>(T value, Action<T, Tensor> add) : IImageStatistic
    where T : class
{
    /// <summary>What was gathered.</summary>
    internal T Value => value;

    /// <inheritdoc/>
    public void Add(ImageBatch batch) => add(value, batch.Images);

    /// <inheritdoc/>
    public void Dispose() => (value as IDisposable)?.Dispose();
}
