using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Separability;

/// <summary>
/// A linear support vector machine with squared hinge loss: the minimum of ½|w|² + C Σ max(0, 1 - yᵢ wᵀxᵢ)². The bias is the
/// weight of one more feature that is always 1, so it is regularised like the others, as LIBLINEAR and scikit-learn's LinearSVC
/// have it. The problem is strictly convex: both ways to solve it lead to the same plane.
/// </summary>
/// <param name="Weights">[F]: of the features.</param>
/// <param name="Bias">What is added to the sum of the weighted features.</param>
/// <param name="Converged">Whether the tolerance was reached before the passes ended.</param>
/// <param name="Passes">Passes over the points.</param>
/// <param name="Objective">Value of what is minimised.</param>
/// <param name="Gap">
/// Difference to a value of the dual problem, up to rounding not negative: the objective is at most this far above its minimum.
/// </param>
public sealed record LinearSvm(double[] Weights, double Bias, bool Converged, int Passes, double Objective, double Gap)
{
    /// <summary>
    /// Fits it by Newton's method, which needs tens of passes whatever the number of points. Memory: the points and two numbers
    /// for each.
    /// </summary>
    /// <param name="points">[N, F] float32 on the CPU, contiguous; N · F at most 2³¹ - 1.</param>
    /// <param name="positive">Of each point, whether it is in the positive class; both classes must occur.</param>
    /// <param name="options">What is minimised, and when to end; null: the defaults.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="ShapeException">There is not one class for each point.</exception>
    /// <exception cref="ArgumentException">Only one class occurs, or the points are not what is said above.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="MetricException">The points hold values that are not finite numbers.</exception>
    public static LinearSvm Fit(
        Tensor points, ReadOnlySpan<bool> positive, LinearSvmOptions? options = null, CancellationToken cancel = default) =>
        FiniteNewton.Solve(new SvmProblem(points, positive, options ?? new LinearSvmOptions()), cancel);

    /// <summary>
    /// Fits it by dual coordinate descent, as LIBLINEAR does: the reference. With many more points than features it needs
    /// thousands of passes.
    /// </summary>
    /// <param name="points">[N, F] float32 on the CPU, contiguous; N · F at most 2³¹ - 1.</param>
    /// <param name="positive">Of each point, whether it is in the positive class; both classes must occur.</param>
    /// <param name="random">Shuffles the points before every pass.</param>
    /// <param name="options">What is minimised, and when to end; null: the defaults.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <inheritdoc cref="Fit"/>
    public static LinearSvm FitByCoordinates(
        Tensor points, ReadOnlySpan<bool> positive, NumpyRandom random, LinearSvmOptions? options = null,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(random);
        return DualCoordinateDescent.Solve(new SvmProblem(points, positive, options ?? new LinearSvmOptions()), random, cancel);
    }

    /// <summary>The side of the plane each point is on.</summary>
    /// <param name="points">[M, F] float32 on the CPU, contiguous; M · F at most 2³¹ - 1.</param>
    /// <returns>Whether the weighted sum of its features with the bias is above 0.</returns>
    /// <exception cref="ShapeException">Another number of features.</exception>
    /// <exception cref="ArgumentException">The points are not what is said above.</exception>
    public bool[] Predict(Tensor points)
    {
        Shape.Require(points, [null, Weights.Length]);
        ReadOnlySpan<float> values = SvmProblem.Values(points);
        var positive = new bool[points.Size(0)];
        for (int i = 0; i < positive.Length; i++)
        {
            positive[i] = SvmProblem.Dot(values.Slice(i * Weights.Length, Weights.Length), Weights) + Bias > 0;
        }

        return positive;
    }
}
