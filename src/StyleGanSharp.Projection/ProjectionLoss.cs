using StyleGanSharp.Networks.Features;
using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Projection;

/// <summary>
/// Distance of images from their targets: squared distance of perceptual vectors of at most 256 pixels a side, and mean squared
/// difference of pixels. Source: Karras et al. (2020), appendix D; the pixels: Abdal et al. (2019), equation 1.
/// </summary>
internal sealed class ProjectionLoss : IDisposable
{
    private const long FeatureSide = 256;

    private readonly IPerceptualSpace? space;
    private readonly double perceptualWeight;
    private readonly double pixelWeight;
    private readonly Tensor targets;
    private Tensor? features;
    private Tensor? halfFeatures;

    /// <param name="space">Perceptual space; needed where its weight is above 0.</param>
    /// <param name="targets">[N, C, H, W] float32 in [-1, 1].</param>
    /// <param name="perceptualWeight">Weight of the perceptual distance.</param>
    /// <param name="pixelWeight">Weight of the pixels.</param>
    internal ProjectionLoss(IPerceptualSpace? space, Tensor targets, double perceptualWeight, double pixelWeight)
    {
        (this.perceptualWeight, this.pixelWeight) = (perceptualWeight, pixelWeight);
        this.space = perceptualWeight > 0 ? space ?? throw new ArgumentNullException(nameof(space)) : null;
        this.targets = targets.Clone().Own();
    }

    /// <summary>Both distances of every image; the perceptual one is 0 where it has no weight.</summary>
    /// <param name="images">[N, C, H, W] float32, about [-1, 1].</param>
    /// <param name="half">Compare images of half the size.</param>
    internal DistanceTerms Measure(Tensor images, bool half)
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        return Terms(images, half).Values;
    }

    /// <summary>The same, with the gradient of the weighted sum with respect to the images.</summary>
    internal (DistanceTerms Values, Tensor Gradient) Differentiate(Tensor images, bool half)
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.On();
        Tensor leaf = images.Detach();
        leaf.RequiresGrad = true;
        (Tensor total, DistanceTerms values) = Terms(leaf, half);
        return (values, scope.Keep(Gradient.Of(total, leaf)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        targets.Dispose();
        features?.Dispose();
        halfFeatures?.Dispose();
    }

    private (Tensor Total, DistanceTerms Values) Terms(Tensor images, bool half)
    {
        Tensor pixels = (Sized(images, half) - Sized(targets, half)).Square().Mean([1, 2, 3]); // [N]
        Tensor total = pixels * pixelWeight;
        double[] perceptual = new double[images.Size(0)];
        if (space is not null)
        {
            Tensor distances = (Embed(images, half) - TargetFeatures(half)).Square().Sum([1]);  // [N]
            total += (distances * perceptualWeight).To(total.Device);
            perceptual = distances.ToArray<double>();
        }

        return (total.Sum(), new DistanceTerms(perceptual, pixels.ToArray<double>()));
    }

    private Tensor TargetFeatures(bool half)
    {
        ref Tensor? kept = ref half ? ref halfFeatures : ref features;
        if (kept is null)
        {
            using GradMode mode = GradMode.Off();
            kept = Embed(targets, half).Own();
        }

        return kept;
    }

    private Tensor Embed(Tensor images, bool half)
    {
        Tensor pixels = Averaging.Limit(Sized((images + 1) * 127.5, half), FeatureSide);
        Tensor colours = pixels.Size(1) == 1 ? pixels.Repeat(1, 3, 1, 1) : pixels;
        return space!.Embed(colours);
    }

    private static Tensor Sized(Tensor images, bool half) => half ? Boxes.Average(images) : images;
}
