using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Metrics.Manifold;

/// <summary>
/// Improved precision and recall: how much of the generated images lies within the estimated manifold of the real ones, and the
/// reverse. A manifold is the union of balls around its points, each reaching to the point's k-th nearest neighbor in its own
/// set. Source: Kynkäänniemi et al., "Improved Precision and Recall Metric for Assessing Generative Models" (2019), section 2,
/// equations 1 to 3.
/// </summary>
/// <param name="Precision">Share of the generated points inside the real manifold, 0 to 1: realism.</param>
/// <param name="Recall">Share of the real points inside the generated manifold, 0 to 1: variety.</param>
public sealed record PrecisionRecall(double Precision, double Recall)
{
    /// <summary>The neighborhood that the paper uses.</summary>
    public const int DefaultNeighbors = 3;

    private const int Block = 1000;

    /// <summary>Computes both.</summary>
    /// <param name="real">Features of real images, [N, F] floating point.</param>
    /// <param name="generated">Features of generated images, [M, F] floating point; the paper has M = N.</param>
    /// <param name="neighbors">k, from 1.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="ShapeException">The numbers of features differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A set has no more points than <paramref name="neighbors"/>.</exception>
    /// <exception cref="MetricException">Features are not finite numbers.</exception>
    public static PrecisionRecall Between(
        Tensor real, Tensor generated, int neighbors = DefaultNeighbors, CancellationToken cancel = default) =>
        new(
            ShareInside(generated, real, neighbors, screened: true, cancel),
            ShareInside(real, generated, neighbors, screened: true, cancel));

    /// <summary>The reference: all distances from products in float64.</summary>
    internal static PrecisionRecall BetweenByProducts(
        Tensor real, Tensor generated, int neighbors = DefaultNeighbors, CancellationToken cancel = default) =>
        new(
            ShareInside(generated, real, neighbors, screened: false, cancel),
            ShareInside(real, generated, neighbors, screened: false, cancel));

    // The share of points that lie in the ball of at least one reference.
    private static double ShareInside(Tensor points, Tensor references, int neighbors, bool screened, CancellationToken cancel)
    {
        NearestNeighbors.Require(references, references, neighbors, excludeSelf: true);
        NearestNeighbors.Require(points, references, neighbors, excludeSelf: true);
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        if (!screened || references.Device.Type != DeviceType.Cpu)
        {
            return ShareInsideByProducts(points, references, neighbors, cancel);
        }

        var pairs = new ScreenedPairs(references);
        (long[] _, double[] squared) = pairs.Nearest(references, neighbors, excludeSelf: true, cancel);
        double[] squaredRadii = [.. Enumerable.Range(0, (int)references.Size(0)).Select(i => squared[((i + 1) * neighbors) - 1])];
        return (double)pairs.Inside(points, squaredRadii, cancel).Count(inside => inside) / points.Size(0);
    }

    private static double ShareInsideByProducts(Tensor points, Tensor references, int neighbors, CancellationToken cancel)
    {
        Neighbors own = NearestNeighbors.FindByProducts(references, references, neighbors, excludeSelf: true, cancel);
        double[] radii = [.. Enumerable.Range(0, (int)references.Size(0)).Select(i => own.Distance(i, neighbors - 1))];
        Tensor squaredRadii = Tensor.From(radii, [radii.Length]).Square();
        Tensor all = references.To(DType.Float64);
        Tensor squares = all.Square().Sum([1]);
        double inside = 0;
        for (long first = 0; first < points.Size(0); first += Block)
        {
            cancel.ThrowIfCancellationRequested();
            using var step = new TensorScope();
            Tensor block = points.Slice(0, first, Math.Min(points.Size(0), first + Block)).To(DType.Float64);
            Tensor distance = block.Square().Sum([1]).Unsqueeze(1) + squares - (block.MatMul(all.Transpose(0, 1)) * 2); // squared

            // A point is inside where some radius exceeds its distance.
            Tensor margin = (squaredRadii - distance).Max([1]);
            inside += margin.ToArray<double>().Count(m => m >= 0);
        }

        return inside / points.Size(0);
    }
}
