using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Metrics.Spectra;

/// <summary>Mean and standard deviation of all pixel values of many images, batch by batch, in float64.</summary>
public sealed class PixelMoments
{
    private double sum;
    private double squares;

    /// <summary>Pixel values so far, those of each channel counted by themselves.</summary>
    public long Count { get; private set; }

    /// <summary>The mean of the values.</summary>
    /// <exception cref="InvalidOperationException">There are no values.</exception>
    public double Mean => Count > 0 ? sum / Count : throw new InvalidOperationException("There are no images to take a mean of.");

    /// <summary>The standard deviation of the values (population).</summary>
    /// <exception cref="InvalidOperationException">There are no values.</exception>
    public double StandardDeviation => Math.Sqrt(Math.Max(0, (squares / Math.Max(1, Count)) - (Mean * Mean)));

    /// <summary>Adds images.</summary>
    /// <param name="images">Any shape; uint8 or floating point.</param>
    /// <exception cref="MetricException">The images hold values that are not finite numbers.</exception>
    public void Add(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        Tensor x = images.To(DType.Float64);
        FiniteFeatures.Require(x);
        sum += x.Sum().Item();
        squares += x.Square().Sum().Item();
        Count += x.Count;
    }
}
