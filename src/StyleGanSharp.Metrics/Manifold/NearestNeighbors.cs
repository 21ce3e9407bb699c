using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Metrics.Manifold;

/// <summary>The nearest neighbors of points among others.</summary>
/// <param name="Count">Neighbors of each point, K.</param>
/// <param name="Indices">Row numbers among the references, nearest first: those of point i at [i * K, (i + 1) * K).</param>
/// <param name="Distances">Euclidean distances, in the same order, not negative.</param>
public sealed record Neighbors(int Count, long[] Indices, double[] Distances)
{
    /// <summary>Row number of the nearest reference of a point.</summary>
    public long Nearest(int point) => Indices[(long)point * Count];

    /// <summary>Distance from a point to its n-th nearest reference.</summary>
    /// <param name="point">Row number of the point.</param>
    /// <param name="n">From 0 (the nearest) to <see cref="Count"/> - 1.</param>
    public double Distance(int point, int n = 0) => Distances[((long)point * Count) + n];
}

/// <summary>
/// Exact search by all pairs, block by block, so that memory does not grow with the product of the counts. On the CPU most pairs
/// are decided in float32 (<see cref="ScreenedPairs"/>); what is close is always decided in float64.
/// </summary>
public static class NearestNeighbors
{
    private const int Block = 1000;

    private static readonly Operator TopK = new("aten::topk");

    /// <summary>Finds the nearest references of every point.</summary>
    /// <param name="points">[N, F] floating point.</param>
    /// <param name="references">[M, F] floating point on the same device.</param>
    /// <param name="count">Neighbors of each point, 1 to M (M - 1 with <paramref name="excludeSelf"/>).</param>
    /// <param name="excludeSelf">The points are the references themselves, and none is its own neighbor.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="ShapeException">The numbers of features differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer references than neighbors.</exception>
    /// <exception cref="MetricException">Features are not finite numbers.</exception>
    public static Neighbors Find(
        Tensor points, Tensor references, int count, bool excludeSelf = false, CancellationToken cancel = default)
    {
        Require(points, references, count, excludeSelf);
        if (points.Device.Type != DeviceType.Cpu)
        {
            return FindByProducts(points, references, count, excludeSelf, cancel);
        }

        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        (long[] indices, double[] squared) = new ScreenedPairs(references).Nearest(points, count, excludeSelf, cancel);
        return new Neighbors(count, indices, Array.ConvertAll(squared, Math.Sqrt));
    }

    /// <summary>The reference: all distances from products in float64.</summary>
    internal static Neighbors FindByProducts(
        Tensor points, Tensor references, int count, bool excludeSelf = false, CancellationToken cancel = default)
    {
        Require(points, references, count, excludeSelf);
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        Tensor all = references.To(DType.Float64);
        Tensor squares = all.Square().Sum([1]); // [M]
        var indices = new long[points.Size(0) * count];
        var distances = new double[indices.Length];
        for (long first = 0; first < points.Size(0); first += Block)
        {
            cancel.ThrowIfCancellationRequested();
            using var step = new TensorScope();
            Tensor block = points.Slice(0, first, Math.Min(points.Size(0), first + Block)).To(DType.Float64);

            // |a - b|² = |a|² + |b|² - 2ab, in double precision: equal points come out at almost zero.
            Tensor distance = (block.Square().Sum([1]).Unsqueeze(1) + squares - (block.MatMul(all.Transpose(0, 1)) * 2)).Clamp(
                0, null);
            if (excludeSelf)
            {
                distance.AsStrided([block.Size(0)], [all.Size(0) + 1], first).FillInPlace(double.PositiveInfinity);
            }

            (Tensor values, Tensor found) = TopK.CallPair(distance, count, -1, false, true);
            values.Sqrt().ToArray<double>().CopyTo(distances, first * count);
            found.ToArray<long>().CopyTo(indices, first * count);
        }

        return new Neighbors(count, indices, distances);
    }

    /// <summary>Checks the arguments of a search.</summary>
    internal static void Require(Tensor points, Tensor references, int count, bool excludeSelf)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(references);
        Shape.Require(points, [null, null]);
        Shape.Require(references, [null, points.Size(1)]);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, references.Size(0) - (excludeSelf ? 1 : 0), nameof(count));
        FiniteFeatures.Require(points, references);
    }
}
