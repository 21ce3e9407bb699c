namespace StyleGanSharp.Metrics.Separability;

/// <summary>
/// Solves the problem of a <see cref="LinearSvm"/> by Newton's method. The objective is a parabola wherever the set of points
/// with a loss stays the same, with the Hessian I + 2C Σ xᵢxᵢᵀ over these points; there are finitely many such sets, so few steps
/// are needed. Steps are solved by conjugate gradients, which need products with the Hessian only. Source: Keerthi and DeCoste,
/// "A Modified Finite Newton Method for Fast Solution of Large Scale Linear SVMs" (2005).
/// </summary>
internal static class FiniteNewton
{
    // Residual of a step, as a part of the gradient: a better solution for a set of points that still changes is not worth it.
    private const double Residual = 1e-2;

    // Part of the decrease that the gradient promises which a step must bring (Armijo), so that the method cannot cycle.
    private const double Decrease = 1e-4;

    // Below it a step is as short as rounding errors.
    private const double ShortestStep = 1e-10;

    internal static LinearSvm Solve(SvmProblem problem, CancellationToken cancel)
    {
        double[] weights = new double[problem.Size], margins = new double[problem.Signs.Length];
        double[] slopes = new double[margins.Length];
        int passes = 1;
        (double objective, double gap, double[] gradient) = problem.Evaluate(weights, margins);
        double length = 1;
        while (gap > problem.Options.Tolerance * objective && passes < problem.Options.MaximumPasses && length > ShortestStep)
        {
            double[] direction = Direction(problem, margins, gradient, ref passes, cancel);

            // On the way the margins change evenly: the search for the length of the step reads no points.
            problem.Accumulate(direction, (i, score) =>
            {
                slopes[i] = problem.Signs[i] * score;
                return 0;
            });
            double promise = Decrease * Dot(gradient, direction);
            double[] target = [];
            for (length = 1; length > ShortestStep; length /= 2)
            {
                target = Moved(weights, length, direction);
                if (problem.Objective(target, Moved(margins, length, slopes)) <= objective + (length * promise))
                {
                    weights = target;
                    break;
                }
            }

            (objective, gap, gradient) = problem.Evaluate(weights, margins);
            passes += 2;
        }

        return new LinearSvm(
            weights[..^1], weights[^1], gap <= problem.Options.Tolerance * objective, passes, objective, gap);
    }

    // Conjugate gradients for H d = -g.
    private static double[] Direction(
        SvmProblem problem, double[] margins, double[] gradient, ref int passes, CancellationToken cancel)
    {
        double[] direction = new double[gradient.Length];
        double[] residual = Array.ConvertAll(gradient, g => -g), search = residual;
        double squared = Dot(residual, residual), limit = squared * Residual * Residual;
        double twice = 2 * problem.Options.Cost;
        for (int i = 0; i < gradient.Length && squared > limit && passes < problem.Options.MaximumPasses; i++)
        {
            cancel.ThrowIfCancellationRequested();
            double[] product = problem.Accumulate(search, (p, score) => margins[p] < 1 ? twice * score : 0);
            product = Moved(product, 1, search);
            passes++;
            double step = squared / Dot(search, product);
            direction = Moved(direction, step, search);
            residual = Moved(residual, -step, product);
            double next = Dot(residual, residual);
            search = Moved(residual, next / squared, search);
            squared = next;
        }

        return direction;
    }

    // a + scale · b
    private static double[] Moved(double[] a, double scale, double[] b)
    {
        var result = new double[a.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = a[i] + (scale * b[i]);
        }

        return result;
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
