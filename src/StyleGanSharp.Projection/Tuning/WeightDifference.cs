using StyleGanSharp.Torch;

namespace StyleGanSharp.Projection.Tuning;

/// <summary>
/// The change of one tensor, as it is or as a product of two thin matrices: its truncated singular value decomposition,
/// whichever is
/// smaller. Source: Eckart and Young, "The approximation of one matrix by another of lower rank" (1936). Owns its tensors.
/// </summary>
public sealed class WeightDifference : IDisposable
{
    private static readonly Operator Eigh = new("aten::linalg_eigh");

    /// <summary>A change as it is.</summary>
    internal WeightDifference(Tensor full) => Full = full;

    /// <summary>A change as left · right.</summary>
    internal WeightDifference(Tensor left, Tensor right, double error) => (Left, Right, RelativeError) = (left, right, error);

    /// <summary>Rank of the product; null: the change is stored as it is.</summary>
    public int? Rank => (int?)Right?.Size(0);

    /// <summary>Length of what was left out over the length of the whole change, in [0, 1]; 0: nothing was.</summary>
    public double RelativeError { get; }

    /// <summary>Elements that are stored.</summary>
    public long StoredCount => Full?.Count ?? (Left!.Count + Right!.Count);

    /// <summary>The change as it is, of the tensor's shape; null: it is a product.</summary>
    internal Tensor? Full { get; }

    /// <summary>[Rows, Rank], rows being the tensor's first dimension.</summary>
    internal Tensor? Left { get; }

    /// <summary>[Rank, elements of a row].</summary>
    internal Tensor? Right { get; }

    /// <summary>Shortens a change.</summary>
    /// <param name="change">Tuned minus former values, float32 on the CPU, any shape.</param>
    /// <param name="keptEnergy">Least share of the sum of squares to keep, above 0, at most 1.</param>
    internal static WeightDifference Of(Tensor change, double keptEnergy)
    {
        using var scope = new TensorScope();
        if (change.Dim < 2 || keptEnergy >= 1)
        {
            return new WeightDifference(change.Clone().Own());
        }

        Tensor matrix = change.Reshape(change.Size(0), -1).To(DType.Float64);    // [Rows, Columns]
        long rows = matrix.Size(0), columns = matrix.Size(1);
        bool tall = rows > columns;
        Tensor wide = tall ? matrix.Transpose(0, 1) : matrix;                    // The Gram matrix of the shorter side is smaller.
        (Tensor values, Tensor vectors) = Eigh.CallPair(wide.MatMul(wide.Transpose(0, 1)));
        double[] energies = values.ToArray<double>();                             // Rising.
        double total = energies.Sum(), kept = 0;
        int rank = 0;
        while (rank < energies.Length && kept < keptEnergy * total)
        {
            kept += energies[^++rank];
        }

        if (rank * (rows + columns) >= rows * columns)
        {
            return new WeightDifference(change.Clone().Own());
        }

        Tensor basis = vectors.Slice(1, energies.Length - rank);                 // [Shorter, Rank]
        Tensor rest = basis.Transpose(0, 1).MatMul(wide);                         // [Rank, Longer]
        (Tensor left, Tensor right) = tall ? (rest.Transpose(0, 1), basis.Transpose(0, 1)) : (basis, rest);
        Tensor missing = matrix - left.MatMul(right);
        double error = Math.Sqrt(missing.Square().Sum().Item() / total);
        return new WeightDifference(
            left.To(DType.Float32).Contiguous().Own(), right.To(DType.Float32).Contiguous().Own(), error);
    }

    /// <summary>Whether it is the change of a tensor of this shape.</summary>
    internal bool Fits(ReadOnlySpan<long> shape) => Full is not null
        ? Full.Shape.SequenceEqual(shape)
        : shape.Length >= 2 && Left!.Size(0) == shape[0] && Right!.Size(1) == Shape.Count(shape[1..]);

    /// <summary>The whole change, float32 on the CPU.</summary>
    internal Tensor Expand(ReadOnlySpan<long> shape)
    {
        using var scope = new TensorScope();
        return scope.Keep(Full?.Alias() ?? Left!.MatMul(Right!).Reshape(shape));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Full?.Dispose();
        Left?.Dispose();
        Right?.Dispose();
    }
}
