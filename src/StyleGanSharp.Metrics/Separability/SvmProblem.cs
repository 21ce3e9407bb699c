using System.Numerics;
using System.Runtime.InteropServices;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Separability;

/// <summary>
/// The problem of a <see cref="LinearSvm"/>: points, classes and what is minimised. Weight vectors have the bias at their end.
/// Points stay float32 and everything else is float64; products of the two are exact enough for the tightest tolerance.
/// </summary>
internal sealed class SvmProblem
{
    // Sums over points are taken in so many parts, whatever the number of threads: results do not depend on the machine.
    private const int Parts = 32;

    private readonly Tensor points;
    private readonly int width;

    internal SvmProblem(Tensor points, ReadOnlySpan<bool> positive, LinearSvmOptions options)
    {
        Shape.Require(points, [positive.Length, null]);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Cost);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Tolerance);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaximumPasses);
        if (!positive.Contains(true) || !positive.Contains(false))
        {
            throw new ArgumentException("A classifier needs points of both classes.", nameof(positive));
        }

        _ = Values(points);
        FiniteFeatures.Require(points);
        this.points = points;
        width = (int)points.Size(1);
        Options = options;
        Signs = new double[positive.Length];
        for (int i = 0; i < Signs.Length; i++)
        {
            Signs[i] = positive[i] ? 1 : -1;
        }
    }

    internal LinearSvmOptions Options { get; }

    /// <summary>y: 1 or -1 for each point.</summary>
    internal double[] Signs { get; }

    /// <summary>Weights with the bias.</summary>
    internal int Size => width + 1;

    /// <summary>The elements of points that can be worked with.</summary>
    /// <exception cref="ArgumentException">They cannot.</exception>
    internal static ReadOnlySpan<float> Values(Tensor points) =>
        points.DType == DType.Float32 && points.Device.Type == DeviceType.Cpu && points.IsContiguous
            && points.Count <= int.MaxValue
            ? points.AsSpan<float>()
            : throw new ArgumentException(
                $"The points must be float32, contiguous, on the CPU and at most {int.MaxValue} numbers; these are {points}.",
                nameof(points));

    /// <summary>
    /// Objective, gradient and duality gap at a place. Any place w gives a place of the dual problem, αᵢ = 2C max(0, 1 - yᵢ
    /// wᵀxᵢ), whose value Σα - ½|Σ αᵢyᵢxᵢ|² - Σα² / (4C) is below the minimum; Σ αᵢyᵢxᵢ is w less the gradient, so the gap costs
    /// nothing.
    /// </summary>
    /// <param name="weights">w.</param>
    /// <param name="margins">Receives yᵢ wᵀxᵢ.</param>
    internal (double Objective, double Gap, double[] Gradient) Evaluate(double[] weights, double[] margins)
    {
        double cost = Options.Cost;
        double[] gradient = Accumulate(weights, (i, score) =>
        {
            margins[i] = Signs[i] * score;
            return -2 * cost * Math.Max(0, 1 - margins[i]) * Signs[i];
        });
        double lengths = 0, excess = 0;
        for (int f = 0; f < weights.Length; f++)
        {
            lengths += (weights[f] * weights[f]) + (gradient[f] * gradient[f]);
            gradient[f] += weights[f];
        }

        foreach (double margin in margins)
        {
            double loss = Math.Max(0, 1 - margin);
            excess += loss * (loss - 1);
        }

        return (Objective(weights, margins), (lengths / 2) + (2 * cost * excess), gradient);
    }

    /// <summary>What is minimised, from known margins.</summary>
    internal double Objective(double[] weights, double[] margins)
    {
        double squares = 0, losses = 0;
        foreach (double weight in weights)
        {
            squares += weight * weight;
        }

        foreach (double margin in margins)
        {
            double loss = Math.Max(0, 1 - margin);
            losses += loss * loss;
        }

        return (squares / 2) + (Options.Cost * losses);
    }

    /// <summary>
    /// One pass: Σ cᵢ xᵢ, where cᵢ is made of the number of a point and its product with <paramref name="weights"/>. Calls of the
    /// function run side by side, one for each point.
    /// </summary>
    internal double[] Accumulate(double[] weights, Func<int, double, double> coefficient)
    {
        var sums = new double[Parts][];
        TorchParallel.For(0, Parts, 1, (begin, end) =>
        {
            ReadOnlySpan<float> values = points.AsSpan<float>();
            for (long part = begin; part < end; part++)
            {
                var sum = new double[Size];
                int last = (int)((part + 1) * Signs.Length / Parts);
                for (int i = (int)(part * Signs.Length / Parts); i < last; i++)
                {
                    ReadOnlySpan<float> x = values.Slice(i * width, width);
                    double c = coefficient(i, Dot(x, weights) + weights[width]);
                    if (c != 0)
                    {
                        AddScaled(c, x, sum);
                        sum[width] += c;
                    }
                }

                sums[part] = sum;
            }
        });

        var total = new double[Size];
        foreach (double[] sum in sums)
        {
            for (int f = 0; f < total.Length; f++)
            {
                total[f] += sum[f];
            }
        }

        return total;
    }

    /// <summary>wᵀx without the bias.</summary>
    /// <param name="x">Features.</param>
    /// <param name="w">Weights, at least as many.</param>
    internal static double Dot(ReadOnlySpan<float> x, ReadOnlySpan<double> w)
    {
        ReadOnlySpan<Vector<float>> features = MemoryMarshal.Cast<float, Vector<float>>(x);
        ReadOnlySpan<Vector<double>> weights = MemoryMarshal.Cast<double, Vector<double>>(w[..x.Length]);
        Vector<double> even = Vector<double>.Zero, odd = Vector<double>.Zero;
        for (int i = 0; i < features.Length; i++)
        {
            Vector.Widen(features[i], out Vector<double> low, out Vector<double> high);
            even += low * weights[2 * i];
            odd += high * weights[(2 * i) + 1];
        }

        double sum = Vector.Sum(even + odd);
        for (int i = features.Length * Vector<float>.Count; i < x.Length; i++)
        {
            sum += x[i] * w[i];
        }

        return sum;
    }

    /// <summary>w += scale · x, without the bias.</summary>
    internal static void AddScaled(double scale, ReadOnlySpan<float> x, Span<double> w)
    {
        ReadOnlySpan<Vector<float>> features = MemoryMarshal.Cast<float, Vector<float>>(x);
        Span<Vector<double>> weights = MemoryMarshal.Cast<double, Vector<double>>(w[..x.Length]);
        for (int i = 0; i < features.Length; i++)
        {
            Vector.Widen(features[i], out Vector<double> low, out Vector<double> high);
            weights[2 * i] += low * scale;
            weights[(2 * i) + 1] += high * scale;
        }

        for (int i = features.Length * Vector<float>.Count; i < x.Length; i++)
        {
            w[i] += scale * x[i];
        }
    }

    /// <summary>The features of all points, for a solver that goes from point to point.</summary>
    internal ReadOnlySpan<float> Values() => points.AsSpan<float>();
}
