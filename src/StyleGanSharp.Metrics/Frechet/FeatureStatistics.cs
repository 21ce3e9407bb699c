using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Frechet;

/// <summary>Mean and covariance of the features of many images; owns both.</summary>
public sealed class FeatureStatistics : IDisposable
{
    /// <summary>Takes over mean and covariance.</summary>
    /// <param name="mean">[F] float64.</param>
    /// <param name="covariance">[F, F] float64, symmetric, over the number of images (not one less).</param>
    /// <param name="count">Number of images, at least 1.</param>
    /// <exception cref="ShapeException">The shapes do not fit each other.</exception>
    public FeatureStatistics(Tensor mean, Tensor covariance, long count)
    {
        Shape.Require(mean, [null]);
        Shape.Require(covariance, [mean.Size(0), mean.Size(0)]);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        (Mean, Covariance, Count) = (mean.Own(), covariance.Own(), count);
    }

    /// <summary>[F] float64, on the CPU.</summary>
    public Tensor Mean { get; }

    /// <summary>[F, F] float64, on the CPU.</summary>
    public Tensor Covariance { get; }

    /// <summary>Number of images.</summary>
    public long Count { get; }

    /// <summary>Numbers per image, F.</summary>
    public int Size => (int)Mean.Size(0);

    /// <inheritdoc/>
    public void Dispose()
    {
        Mean.Dispose();
        Covariance.Dispose();
    }
}
