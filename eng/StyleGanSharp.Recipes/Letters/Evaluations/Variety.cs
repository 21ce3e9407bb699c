using StyleGanSharp.Torch;

namespace StyleGanSharp.Recipes.Letters.Evaluations;

/// <summary>How different images of one class are from each other.</summary>
internal static class Variety
{
    /// <summary>The mean Euclidean distance of all pairs.</summary>
    /// <param name="features">[N, F] float64, N at least 2.</param>
    internal static double MeanPairwiseDistance(Tensor features)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features.Size(0), 2, nameof(features));
        using var scope = new TensorScope();

        // |a - b|² = |a|² + |b|² - 2ab. The diagonal is zero up to rounding, which the root would blow up: it is taken out.
        Tensor squares = features.Square().Sum([1]);
        Tensor distances = (squares.Unsqueeze(1) + squares - (features.MatMul(features.Transpose(0, 1)) * 2)).Clamp(0, null)
            .Sqrt();
        long count = features.Size(0);
        double diagonal = distances.AsStrided([count], [count + 1]).Sum().Item();
        return (distances.Sum().Item() - diagonal) / ((double)count * (count - 1));
    }
}
