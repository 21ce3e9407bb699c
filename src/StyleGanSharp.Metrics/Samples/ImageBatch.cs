using StyleGanSharp.Networks.Features;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Samples;

/// <summary>
/// A batch of images that several statistics share: the output of each network is computed once.
/// Lives as long as the <see cref="TensorScope"/> it was made in.
/// </summary>
/// <param name="images">uint8 [N, C, H, W].</param>
public sealed class ImageBatch(Tensor images)
{
    private readonly Dictionary<(IFeatureExtractor, bool), Tensor> known = [];

    /// <summary>uint8 [N, C, H, W].</summary>
    public Tensor Images => images;

    /// <summary>Number of images.</summary>
    public int Count => (int)images.Size(0);

    /// <summary>The features of the images.</summary>
    /// <returns>[N, F] float32.</returns>
    public Tensor Features(IFeatureExtractor space)
    {
        ArgumentNullException.ThrowIfNull(space);
        return Known((space, false), () => space.Extract(images));
    }

    /// <summary>Probabilities of the classes of a network.</summary>
    /// <returns>[N, C] float32, rows of sum 1.</returns>
    public Tensor Probabilities(IFeatureExtractor space)
    {
        ArgumentNullException.ThrowIfNull(space);
        return Known((space, true), () => space.Probabilities(images));
    }

    /// <summary>The first images alone.</summary>
    /// <param name="count">How many, 1 to <see cref="Count"/>.</param>
    internal ImageBatch First(int count)
    {
        if (count == Count)
        {
            return this;
        }

        var part = new ImageBatch(images.Slice(0, 0, count));
        foreach (((IFeatureExtractor, bool) key, Tensor value) in known)
        {
            part.known.Add(key, value.Slice(0, 0, count));
        }

        return part;
    }

    private Tensor Known((IFeatureExtractor, bool) key, Func<Tensor> compute)
    {
        if (!known.TryGetValue(key, out Tensor? value))
        {
            known.Add(key, value = compute());
        }

        return value;
    }
}
