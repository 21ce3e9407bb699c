using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using Xunit;

namespace StyleGanSharp.Testing;

/// <summary>
/// Holds gradients against central differences in float64. The step of 1e-6 gives an error of about 1e-9 relative to third
/// derivatives and to the function's own size, far below the tolerance for functions of moderate size.
/// </summary>
public static class GradCheck
{
    /// <summary>Step of the differences.</summary>
    public const double Step = 1e-6;

    /// <summary>Allowed absolute plus relative difference.</summary>
    public const double Tolerance = 1e-5;

    /// <summary>Checks the gradient of a function with respect to every input.</summary>
    /// <param name="function">A deterministic function of float64 tensors.</param>
    /// <param name="inputs">Point of the check; not changed.</param>
    public static void First(Func<Tensor[], Tensor> function, params Tensor[] inputs)
    {
        using var scope = new TensorScope();
        Tensor[] leaves = Leaves(inputs);
        Tensor weights = Weights(function, leaves);
        Tensor?[] gradients = Gradient.Of([(function(leaves) * weights).Sum()], leaves);
        for (int i = 0; i < leaves.Length; i++)
        {
            Compare($"input {i}", leaves[i], gradients[i], () => (function(leaves) * weights).Sum().Item());
        }
    }

    /// <summary>Checks the gradient, and the gradient of a weighted sum of all gradients.</summary>
    /// <inheritdoc cref="First"/>
    public static void Second(Func<Tensor[], Tensor> function, params Tensor[] inputs)
    {
        First(function, inputs);
        First(Gradients, inputs);

        // All gradients of the function, one after the other, as one differentiable tensor.
        Tensor Gradients(Tensor[] leaves)
        {
            using GradMode mode = GradMode.On();

            // Differences are taken at points inside the graph and outside of it; both need leaves that can be differentiated.
            Tensor[] points = Array.ConvertAll(leaves, leaf => leaf.RequiresGrad ? leaf : leaf.Detach().RequireGrad());
            Tensor weights = Weights(function, points);
            Tensor?[] gradients = Gradient.Of([(function(points) * weights).Sum()], points, createGraph: true);
            var parts = new Tensor[points.Length];
            for (int i = 0; i < parts.Length; i++)
            {
                parts[i] = (gradients[i] ?? points[i].ZerosLike()).Reshape(-1);
            }

            return Tensor.Cat(parts);
        }
    }

    private static Tensor[] Leaves(Tensor[] inputs) => Array.ConvertAll(inputs, input =>
    {
        Assert.Equal(DType.Float64, input.DType);
        return input.Detach().Clone().Contiguous().RequireGrad();
    });

    private static Tensor RequireGrad(this Tensor tensor)
    {
        tensor.RequiresGrad = true;
        return tensor;
    }

    // Fixed and uneven, so that errors of different elements cannot cancel.
    private static Tensor Weights(Func<Tensor[], Tensor> function, Tensor[] leaves)
    {
        Tensor result = function(leaves);
        return ((Tensor.Arange(result.Count, DType.Float64) * 0.7) + 0.3).Sin().Reshape(result.Shape);
    }

    private static void Compare(string name, Tensor leaf, Tensor? gradient, Func<double> value)
    {
        double[] analytic = gradient is null ? new double[leaf.Count] : gradient.ToArray<double>();
        for (int i = 0; i < analytic.Length; i++)
        {
            double start = leaf.AsSpan<double>()[i];
            double above = At(start + Step);
            double below = At(start - Step);
            leaf.AsSpan<double>()[i] = start;
            double numeric = (above - below) / (2 * Step);
            Assert.True(
                Math.Abs(numeric - analytic[i]) <= Tolerance * (1 + Math.Abs(numeric)),
                $"{name}, element {i}: gradient {analytic[i]:R}, differences give {numeric:R}");

            double At(double point)
            {
                using var scope = new TensorScope();
                leaf.AsSpan<double>()[i] = point;
                return value();
            }
        }
    }
}
