using StyleGanSharp.Metrics.Separability;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Tests.Separability;

[WithTensorScope]
public sealed class LinearSvmTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // Widths below, at and above whole vector registers; overlapping and separable classes; weak and strong regularisation.
    public static TheoryData<int, int, double, double> Cases => new()
    {
        { 60, 3, 1.0, 1.0 },
        { 200, 8, 0.1, 0.3 },
        { 80, 19, 10.0, 2.0 },
        { 40, 33, 1.0, 1.0 },
        { 30, 5, 1.0, 0.0 },
    };

    [Theory, MemberData(nameof(Cases))]
    public void Equals_the_plain_solution(int count, int width, double cost, double noise)
    {
        (double[][] x, bool[] positive) = Points(count, width, noise);
        Tensor points = AsTensor(x);
        LinearSvm fit = LinearSvm.Fit(points, positive, new LinearSvmOptions { Cost = cost, Tolerance = 1e-9 }, Cancel);
        Assert.True(fit.Converged, $"{fit}");
        Compare(fit, x, positive, cost);
        bool[] sides = fit.Predict(points);
        Assert.Equal(x.Select(row => Score(row, [.. fit.Weights, fit.Bias]) > 0), sides);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Coordinate_descent_equals_the_plain_solution(int count, int width, double cost, double noise)
    {
        (double[][] x, bool[] positive) = Points(count, width, noise);
        LinearSvm fit = LinearSvm.FitByCoordinates(
            AsTensor(x), positive, new NumpyRandom(1),
            new LinearSvmOptions { Cost = cost, Tolerance = 1e-9, MaximumPasses = 20000 }, Cancel);
        Assert.True(fit.Converged, $"{fit}");
        Compare(fit, x, positive, cost);
    }

    [Fact]
    public void Many_points_need_few_passes()
    {
        (double[][] x, bool[] positive) = Points(3000, 40, 1);
        Tensor points = AsTensor(x);
        var coarse = new LinearSvmOptions { Tolerance = 1e-4 };
        LinearSvm newton = LinearSvm.Fit(points, positive, coarse, Cancel);
        LinearSvm coordinates = LinearSvm.FitByCoordinates(points, positive, new NumpyRandom(1), coarse, Cancel);
        Assert.True(newton.Converged && coordinates.Converged);
        Assert.Equal(newton.Objective, coordinates.Objective, 2e-4 * newton.Objective);
        Assert.True(newton.Passes < coordinates.Passes / 3, $"{newton.Passes} passes against {coordinates.Passes}");
    }

    [Fact]
    public void A_fit_that_ends_early_says_so()
    {
        (double[][] x, bool[] positive) = Points(100, 5, 1);
        Tensor points = AsTensor(x);
        var few = new LinearSvmOptions { MaximumPasses = 3 };
        foreach (LinearSvm fit in new[]
        {
            LinearSvm.Fit(points, positive, few, Cancel),
            LinearSvm.FitByCoordinates(points, positive, new NumpyRandom(1), few, Cancel),
        })
        {
            Assert.False(fit.Converged);
            Assert.InRange(fit.Passes, 1, 5);
            Assert.True(fit.Gap > few.Tolerance * fit.Objective, $"{fit}");
        }
    }

    [Fact]
    public void Equal_seeds_give_equal_planes()
    {
        (double[][] x, bool[] positive) = Points(50, 4, 1);
        Tensor points = AsTensor(x);
        var few = new LinearSvmOptions { MaximumPasses = 3 };
        LinearSvm a = LinearSvm.FitByCoordinates(points, positive, new NumpyRandom(1), few, Cancel);
        LinearSvm b = LinearSvm.FitByCoordinates(points, positive, new NumpyRandom(1), few, Cancel);
        LinearSvm other = LinearSvm.FitByCoordinates(points, positive, new NumpyRandom(2), few, Cancel);
        Assert.Equal(a.Weights, b.Weights);
        Assert.NotEqual(a.Weights, other.Weights);
    }

    [Fact]
    public void Points_that_cannot_be_separated_are_refused()
    {
        Tensor points = Tensor.Ones([3, 2]);
        Assert.Throws<ArgumentException>(() => LinearSvm.Fit(points, [true, true, true], cancel: Cancel));
        Assert.Throws<ArgumentException>(() => LinearSvm.Fit(points, [false, false, false], cancel: Cancel));
        Assert.Throws<ShapeException>(() => LinearSvm.Fit(points, [true, false], cancel: Cancel));
        Assert.Throws<MetricException>(() => LinearSvm.Fit(points / 0, [true, false, true], cancel: Cancel));
        Assert.Throws<ArgumentException>(() => LinearSvm.Fit(points.To(DType.Float64), [true, false, true], cancel: Cancel));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => LinearSvm.Fit(points, [true, false, true], new LinearSvmOptions { Cost = 0 }, Cancel));
        Assert.Throws<ArgumentException>(
            () => LinearSvm.FitByCoordinates(points, [true, true, true], new NumpyRandom(1), cancel: Cancel));
    }

    private static void Compare(LinearSvm fit, double[][] x, bool[] positive, double cost)
    {
        (double[] weights, double objective) = Newton(x, positive, cost);
        Assert.Equal(objective, fit.Objective, 1e-4 * objective);
        Assert.Equal(Objective(x, positive, cost, [.. fit.Weights, fit.Bias]), fit.Objective, 1e-9 * objective);

        // The gap bounds the distance to the minimum from above.
        Assert.InRange(fit.Objective - objective, -1e-9 * objective, fit.Gap + (1e-9 * objective));
        double largest = weights.Max(Math.Abs);
        double[] found = [.. fit.Weights, fit.Bias];
        Assert.All(weights.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-3 * largest));
    }

    private static Tensor AsTensor(double[][] x) =>
        Tensor.From([.. x.SelectMany(row => row.Select(v => (float)v))], [x.Length, x[0].Length]);

    private static (double[][] X, bool[] Positive) Points(int count, int width, double noise)
    {
        var random = new NumpyRandom(7);
        double[] plane = random.RandN(width);
        double[][] x = [.. Enumerable.Range(0, count).Select(_ => random.RandN(width).Select(v => (double)(float)v).ToArray())];
        bool[] positive = [.. x.Select(row => row.Zip(plane, (a, b) => a * b).Sum() + (noise * random.RandN()) > 0.5)];
        return (x, positive);
    }

    private static double Score(double[] x, double[] weights) => x.Zip(weights, (a, b) => a * b).Sum() + weights[^1];

    private static double Objective(double[][] x, bool[] positive, double cost, double[] weights)
    {
        double losses = x.Select((row, i) => Math.Pow(Math.Max(0, 1 - ((positive[i] ? 1 : -1) * Score(row, weights))), 2)).Sum();
        return (weights.Sum(w => w * w) / 2) + (cost * losses);
    }

    // Newton's method on the primal problem: its Hessian is I + 2C Σ x xᵀ over the points with a loss.
    private static (double[] Weights, double Objective) Newton(double[][] x, bool[] positive, double cost)
    {
        int size = x[0].Length + 1;
        double[] weights = new double[size];
        for (int step = 0; step < 100; step++)
        {
            double[] gradient = [.. weights];
            var hessian = new double[size, size];
            for (int i = 0; i < size; i++)
            {
                hessian[i, i] = 1;
            }

            for (int p = 0; p < x.Length; p++)
            {
                double sign = positive[p] ? 1 : -1, loss = 1 - (sign * Score(x[p], weights));
                double[] row = [.. x[p], 1];
                for (int i = 0; loss > 0 && i < size; i++)
                {
                    gradient[i] -= 2 * cost * sign * loss * row[i];
                    for (int j = 0; j < size; j++)
                    {
                        hessian[i, j] += 2 * cost * row[i] * row[j];
                    }
                }
            }

            if (gradient.Max(Math.Abs) < 1e-10 * x.Length)
            {
                break;
            }

            double[] direction = Solve(hessian, gradient);
            double now = Objective(x, positive, cost, weights), length = 1;
            while (length > 1e-9 && Objective(x, positive, cost, Moved(length)) > now)
            {
                length /= 2;
            }

            weights = Moved(length);
            double[] Moved(double l) => [.. weights.Zip(direction, (w, d) => w - (l * d))];
        }

        return (weights, Objective(x, positive, cost, weights));
    }

    // Gaussian elimination; the matrix is positive definite, so no pivots are needed.
    private static double[] Solve(double[,] matrix, double[] right)
    {
        int size = right.Length;
        for (int k = 0; k < size; k++)
        {
            for (int i = k + 1; i < size; i++)
            {
                double factor = matrix[i, k] / matrix[k, k];
                right[i] -= factor * right[k];
                for (int j = k; j < size; j++)
                {
                    matrix[i, j] -= factor * matrix[k, j];
                }
            }
        }

        for (int k = size - 1; k >= 0; k--)
        {
            for (int j = k + 1; j < size; j++)
            {
                right[k] -= matrix[k, j] * right[j];
            }

            right[k] /= matrix[k, k];
        }

        return right;
    }
}
