using StyleGanSharp.Networks.Latents;

namespace StyleGanSharp.Metrics.Separability;

/// <summary>
/// Solves the dual problem of a <see cref="LinearSvm"/>, minimise ½ Σᵢⱼ αᵢαⱼ yᵢyⱼ xᵢᵀxⱼ + Σ αᵢ² / (4C) - Σ αᵢ over αᵢ >= 0, for
/// one αᵢ at a time, and keeps w = Σ αᵢyᵢxᵢ. Source: Hsieh et al., "A Dual Coordinate Descent Method for Large-scale Linear SVM"
/// (2008), algorithm 1 with L2 loss and random order (section 3.2), without shrinking.
/// </summary>
internal static class DualCoordinateDescent
{
    internal static LinearSvm Solve(SvmProblem problem, NumpyRandom random, CancellationToken cancel)
    {
        ReadOnlySpan<float> values = problem.Values();
        double[] signs = problem.Signs, weights = new double[problem.Size], margins = new double[signs.Length];
        double[] alphas = new double[signs.Length], curvatures = new double[signs.Length];
        int width = problem.Size - 1;
        double diagonal = 1 / (2 * problem.Options.Cost); // D of the paper
        for (int i = 0; i < curvatures.Length; i++)
        {
            curvatures[i] = SquaredLength(values.Slice(i * width, width)) + 1 + diagonal;
        }

        int[] order = [.. Enumerable.Range(0, signs.Length)];
        for (int pass = 1; ; pass++)
        {
            cancel.ThrowIfCancellationRequested();
            random.Shuffle(order.AsSpan());
            foreach (int i in order)
            {
                ReadOnlySpan<float> x = values.Slice(i * width, width);
                double gradient = (signs[i] * (SvmProblem.Dot(x, weights) + weights[width])) - 1 + (diagonal * alphas[i]);
                double alpha = Math.Max(alphas[i] - (gradient / curvatures[i]), 0), step = (alpha - alphas[i]) * signs[i];
                if (step != 0)
                {
                    alphas[i] = alpha;
                    SvmProblem.AddScaled(step, x, weights);
                    weights[width] += step;
                }
            }

            // The dual value of these α: closer to the minimum than the one that a place w gives, which sums up its errors.
            (double objective, double _, double[] _) = problem.Evaluate(weights, margins);
            double gap = objective - (alphas.Sum(a => a - (a * a * diagonal / 2)) - (weights.Sum(w => w * w) / 2));
            bool converged = gap <= problem.Options.Tolerance * objective;
            if (converged || pass >= problem.Options.MaximumPasses)
            {
                return new LinearSvm(weights[..^1], weights[^1], converged, pass, objective, gap);
            }
        }
    }

    private static double SquaredLength(ReadOnlySpan<float> x)
    {
        double sum = 0;
        foreach (float value in x)
        {
            sum += (double)value * value;
        }

        return sum;
    }
}
