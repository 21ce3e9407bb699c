using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Metrics.Frechet;

/// <summary>
/// Collects the features of images, batch by batch: raw sums in float64, so memory does not grow with the images.
/// </summary>
public sealed class FeatureMoments : IDisposable
{
    private readonly Tensor sum;
    private readonly Tensor products;

    /// <summary>Starts with nothing.</summary>
    /// <param name="size">Numbers per image, at least 1.</param>
    public FeatureMoments(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        using var scope = new TensorScope();
        sum = Tensor.Zeros([size], DType.Float64).Own();
        products = Tensor.Zeros([size, size], DType.Float64).Own();
    }

    /// <summary>Images so far.</summary>
    public long Count { get; private set; }

    /// <summary>Adds images.</summary>
    /// <param name="features">[N, F] floating point, on any device.</param>
    /// <exception cref="ShapeException">Another number of features.</exception>
    public void Add(Tensor features)
    {
        Shape.Require(features, [null, sum.Size(0)]);
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        Tensor x = features.To(Device.Cpu).To(DType.Float64);
        sum.AddInPlace(x.Sum([0]));
        products.AddInPlace(x.Transpose(0, 1).MatMul(x));
        Count += features.Size(0);
    }

    /// <summary>Mean and covariance of what was added, both over the number of images, as the field's tools have them.</summary>
    /// <exception cref="InvalidOperationException">Nothing was added.</exception>
    public FeatureStatistics Finish()
    {
        if (Count == 0)
        {
            throw new InvalidOperationException("There are no images to take a mean of.");
        }

        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        Tensor mean = sum / Count;
        Tensor covariance = (products / Count) - (mean.Unsqueeze(1) * mean);
        return new FeatureStatistics(mean, covariance, Count);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        sum.Dispose();
        products.Dispose();
    }
}
