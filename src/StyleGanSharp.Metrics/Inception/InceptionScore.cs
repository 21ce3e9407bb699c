using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Metrics.Inception;

/// <summary>
/// The inception score: exp(E KL(p(y|x) ‖ p(y))) of a classifier's probabilities. It is high where every image is of a clear
/// class and all classes occur; real images do not enter. Source: Salimans et al., "Improved Techniques for Training GANs"
/// (2016), section 4.
/// </summary>
/// <param name="Mean">Mean over the splits, from 1 to the number of classes.</param>
/// <param name="StandardDeviation">Over the splits (population).</param>
/// <param name="Splits">Number of splits.</param>
public sealed record InceptionScore(double Mean, double StandardDeviation, int Splits)
{
    /// <summary>The number of splits that the field's protocol has.</summary>
    public const int DefaultSplits = 10;

    // Far above what float32 makes of a softmax over thousands of classes, far below what logits or unscaled scores sum to.
    private const double SumTolerance = 1e-3;

    private static readonly Operator XLogY = new("aten::xlogy", "Tensor");

    /// <summary>Computes it. Splits are consecutive images, as equal in number as possible.</summary>
    /// <param name="probabilities">[N, classes] floating point: not negative, each row summing to one.</param>
    /// <param name="splits">From 1 to N.</param>
    /// <exception cref="ShapeException">Not a matrix.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are more splits than images, or none.</exception>
    /// <exception cref="MetricException">The values are not probabilities.</exception>
    public static InceptionScore Of(Tensor probabilities, int splits = DefaultSplits)
    {
        Shape.Require(probabilities, [null, null]);
        ArgumentOutOfRangeException.ThrowIfLessThan(splits, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(splits, probabilities.Size(0));
        using GradMode mode = GradMode.Off();
        var scores = new double[splits];
        for (int i = 0; i < splits; i++)
        {
            using var scope = new TensorScope();
            long first = i * probabilities.Size(0) / splits, end = (i + 1) * probabilities.Size(0) / splits;
            Tensor p = probabilities.Slice(0, first, end).To(DType.Float64); // [n, classes]
            RequireProbabilities(p, first);

            // x log y is 0 where x is, also for y = 0: a class that never occurs adds nothing.
            Tensor divergence = XLogY.Call(p, p) - XLogY.Call(p, p.Mean([0], keepDim: true).Expand(p.Shape));
            scores[i] = Math.Exp(divergence.Sum([1]).Mean().Item());
        }

        double mean = scores.Average();
        return new InceptionScore(mean, Math.Sqrt(scores.Average(s => (s - mean) * (s - mean))), splits);
    }

    private static void RequireProbabilities(Tensor p, long first)
    {
        double[] sums = p.Sum([1]).ToArray<double>(), smallest = p.Min([1]).ToArray<double>();
        for (int i = 0; i < sums.Length; i++)
        {
            // Written so that NaN fails.
            if (!(smallest[i] >= 0 && Math.Abs(sums[i] - 1) <= SumTolerance))
            {
                throw new MetricException(
                    $"Row {first + i} of the classifier's output sums to {sums[i]:R} with {smallest[i]:R} as its smallest value; "
                        + "the inception score needs probabilities (the softmax of the logits).");
            }
        }
    }
}
