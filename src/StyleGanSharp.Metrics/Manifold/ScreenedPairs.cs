using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Manifold;

/// <summary>
/// Questions about the distances between all pairs of points and references, answered as in float64 at the cost of float32:
/// products in float32 decide what is certain within their error bound, and what is left is settled pair by pair in float64.
/// </summary>
/// <remarks>
/// <para> The bound: points are moved by a common vector and rounded to x̂ with |x̂ - x| &lt;= u |x̂| (1 + u), u = 2⁻²⁴, and so
/// are references y. A product of F numbers in float32, summed in any order, is off by at most γ |x̂| |ŷ| with γ = Fu / (1 - Fu)
/// (Higham, "Accuracy and Stability of Numerical Algorithms", section 3.1). Squares and sums are taken in float64. So the squared
/// distance |x̂|² + |ŷ|² - 2x̂ᵀŷ is off by at most 2γ |x̂| |ŷ| + 2u (|x̂| + |ŷ|)² (1 + 2u) &lt;= (γ + 5u) (|x̂|² + |ŷ|²): a part
/// for the point and one for the reference. The common vector is about the mean, which makes |x̂|, and with it the bound, small.
/// </para> <para> Points that are all alike cannot be told apart by such products. Where too many pairs of a block are left, all
/// of its distances are computed by products in float64, so the time is at most some one and a half times that of doing so
/// everywhere. </para>
/// </remarks>
internal sealed class ScreenedPairs
{
    private const int Block = 1000;

    // u of the remarks, and the part of the bound that does not grow with the features, generously.
    private const double Rounding = 1.0 / (1 << 24);
    private const double OtherRoundings = 8;

    // Numbers below the range of float32 are lost absolutely, not relatively: F · 2⁻¹⁴⁹ at most.
    private const double Underflow = 1e-35;

    // Beyond this, a product may leave the range of float32.
    private const double LargestSquare = 1e37;

    // Pairs of a point that are settled one by one: at least so many, and at most this part of the references.
    private const int FewPairs = 64;
    private const int PartOfReferences = 32;

    private readonly Tensor references;
    private readonly Tensor center;
    private readonly Tensor rounded;
    private readonly double[] squares; // |ŷ|²
    private readonly double relativeError;

    /// <summary>Prepares references; its tensors belong to the caller's scope.</summary>
    /// <param name="references">[M, F] floating point on the CPU, finite.</param>
    internal ScreenedPairs(Tensor references)
    {
        this.references = Precise(references);
        center = this.references.Mean([0]).To(DType.Float32); // The same number for points and references of any type.
        rounded = Rounded(this.references);
        squares = Squares(rounded);
        double sum = references.Size(1) * Rounding;
        relativeError = sum < 0.5 ? (sum / (1 - sum)) + (OtherRoundings * Rounding) : double.PositiveInfinity;
    }

    private delegate void Screening(int row, double square, ReadOnlySpan<float> products, List<int> candidates);

    private delegate void Settling(int row, List<int> candidates, Func<int, double> squaredDistance);

    /// <summary>The nearest references of every point.</summary>
    /// <param name="points">[N, F] floating point on the CPU, finite.</param>
    /// <param name="count">Neighbors of each point.</param>
    /// <param name="excludeSelf">The points are the references themselves, and none is its own neighbor.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <returns>
    /// Row numbers, nearest first and equally near ones in their order, and squared distances: [N · count] each.
    /// </returns>
    internal (long[] Indices, double[] Squared) Nearest(Tensor points, int count, bool excludeSelf, CancellationToken cancel)
    {
        var indices = new long[points.Size(0) * count];
        var squared = new double[indices.Length];
        ForBlocks(points, Screen, Settle, cancel);
        return (indices, squared);

        void Screen(int row, double square, ReadOnlySpan<float> products, List<int> candidates)
        {
            // The count-th smallest upper bound: what is certainly farther away is no neighbor.
            double[] smallest = new double[count];
            Array.Fill(smallest, double.PositiveInfinity);
            int self = excludeSelf ? row : -1;
            for (int j = 0; j < products.Length; j++)
            {
                double upper = squares[j] + Error(squares[j]) - (2 * (double)products[j]);
                if (upper < smallest[^1] && j != self)
                {
                    int place = smallest.Length - 1;
                    for (; place > 0 && smallest[place - 1] > upper; place--)
                    {
                        smallest[place] = smallest[place - 1];
                    }

                    smallest[place] = upper;
                }
            }

            double limit = smallest[^1] + (2 * Error(square));
            for (int j = 0; j < products.Length; j++)
            {
                if (squares[j] - Error(squares[j]) - (2 * (double)products[j]) <= limit && j != self)
                {
                    candidates.Add(j);
                }
            }
        }

        void Settle(int row, List<int> candidates, Func<int, double> squaredDistance)
        {
            if (excludeSelf)
            {
                candidates.Remove(row);
            }

            (double Distance, int Index)[] nearest = [.. candidates.Select(j => (squaredDistance(j), j)).Order().Take(count)];
            for (int n = 0; n < count; n++)
            {
                (squared[((long)row * count) + n], indices[((long)row * count) + n]) = nearest[n];
            }
        }
    }

    /// <summary>Whether each point lies in the ball around at least one reference, its border included.</summary>
    /// <param name="points">[N, F] floating point on the CPU, finite.</param>
    /// <param name="squaredRadii">Of each reference.</param>
    /// <param name="cancel">Ends the work.</param>
    internal bool[] Inside(Tensor points, double[] squaredRadii, CancellationToken cancel)
    {
        var inside = new bool[points.Size(0)];
        ForBlocks(points, Screen, Settle, cancel);
        return inside;

        void Screen(int row, double square, ReadOnlySpan<float> products, List<int> candidates)
        {
            double error = Error(square);
            for (int j = 0; j < products.Length && !inside[row]; j++)
            {
                // Squared radius less squared distance.
                double margin = squaredRadii[j] - (square + squares[j] - (2 * (double)products[j]));
                double off = error + Error(squares[j]);
                inside[row] = margin >= off;
                if (margin >= -off)
                {
                    candidates.Add(j);
                }
            }

            if (inside[row])
            {
                candidates.Clear();
            }
        }

        void Settle(int row, List<int> candidates, Func<int, double> squaredDistance) =>
            inside[row] |= candidates.Exists(j => squaredDistance(j) <= squaredRadii[j]);
    }

    private static Tensor Precise(Tensor x) => (x.DType == DType.Float64 ? x : x.To(DType.Float32)).Contiguous();

    // Row by row sums of squares, without a copy of the whole in float64.
    private static double[] Squares(Tensor x)
    {
        var squares = new double[x.Size(0)];
        for (long first = 0; first < x.Size(0); first += Block)
        {
            using var step = new TensorScope();
            Tensor block = x.Slice(0, first, Math.Min(x.Size(0), first + Block)).To(DType.Float64);
            block.Square().Sum([1]).ToArray<double>().CopyTo(squares, first);
        }

        return squares;
    }

    private Tensor Rounded(Tensor x) => (x - center.To(x.DType)).To(DType.Float32);

    // The part of the bound for one of two points.
    private double Error(double square) => (relativeError * square) + Underflow;

    // Screens and settles all points. A point whose products cannot be trusted has all references as its candidates.
    private void ForBlocks(Tensor points, Screening screen, Settling settle, CancellationToken cancel)
    {
        int count = (int)references.Size(0);
        bool usable = Array.TrueForAll(squares, s => s <= LargestSquare) && double.IsFinite(relativeError);
        for (long first = 0; first < points.Size(0); first += Block)
        {
            cancel.ThrowIfCancellationRequested();
            using var step = new TensorScope();
            Tensor block = Precise(points.Slice(0, first, Math.Min(points.Size(0), first + Block)));
            Tensor near = Rounded(block);
            double[] own = Squares(near);
            Tensor products = near.MatMul(rounded.Transpose(0, 1)); // [B, M]
            var candidates = new List<int>[own.Length];
            int start = (int)first;
            TorchParallel.For(0, own.Length, 16, (begin, end) =>
            {
                ReadOnlySpan<float> all = products.AsSpan<float>();
                for (int i = (int)begin; i < end; i++)
                {
                    candidates[i] = [];
                    if (usable && own[i] <= LargestSquare)
                    {
                        screen(start + i, own[i], all.Slice(i * count, count), candidates[i]);
                    }
                    else
                    {
                        candidates[i].AddRange(Enumerable.Range(0, count));
                    }
                }
            });
            Settle(block, start, candidates, settle);
        }
    }

    private void Settle(Tensor block, int start, List<int>[] candidates, Settling settle)
    {
        int count = (int)references.Size(0);
        bool many = candidates.Sum(c => (long)c.Count) > candidates.Length * (long)Math.Max(FewPairs, count / PartOfReferences);
        Tensor? distances = many ? Products(block) : null;
        TorchParallel.For(0, candidates.Length, 16, (begin, end) =>
        {
            for (int i = (int)begin; i < end; i++)
            {
                if (candidates[i].Count == 0)
                {
                    continue;
                }

                int row = i;
                double[] x = distances is null ? Row(block, row) : [];
                settle(start + row, candidates[row], j => distances is null
                    ? SquaredDistance(x, j)
                    : distances.AsSpan<double>()[(row * count) + j]);
            }
        });
    }

    // All squared distances of a block at once, as the reference computes them.
    private Tensor Products(Tensor block)
    {
        Tensor x = block.To(DType.Float64), y = references.To(DType.Float64);
        Tensor sums = x.Square().Sum([1]).Unsqueeze(1) + y.Square().Sum([1]);
        return (sums - (x.MatMul(y.Transpose(0, 1)) * 2)).ClampInPlace(0, null);
    }

    private double SquaredDistance(double[] x, int reference)
    {
        double sum = 0;
        if (references.DType == DType.Float64)
        {
            ReadOnlySpan<double> y = references.AsSpan<double>().Slice(reference * x.Length, x.Length);
            for (int f = 0; f < x.Length; f++)
            {
                sum += (x[f] - y[f]) * (x[f] - y[f]);
            }
        }
        else
        {
            ReadOnlySpan<float> y = references.AsSpan<float>().Slice(reference * x.Length, x.Length);
            for (int f = 0; f < x.Length; f++)
            {
                sum += (x[f] - y[f]) * (x[f] - y[f]);
            }
        }

        return sum;
    }

    private static double[] Row(Tensor block, int row)
    {
        int width = (int)block.Size(1);
        return block.DType == DType.Float64
            ? block.AsSpan<double>().Slice(row * width, width).ToArray()
            : Array.ConvertAll(block.AsSpan<float>().Slice(row * width, width).ToArray(), v => (double)v);
    }
}
