using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Tests.Ops.Cuda;

/// <summary>Compares two ways to compute the same in value, gradient and second gradient.</summary>
internal static class Twins
{
    /// <summary>Requires equality within a tolerance, relative to the largest expected element (or one).</summary>
    /// <param name="expected">The definition.</param>
    /// <param name="actual">What is tested.</param>
    /// <param name="inputs">Leaves; gradients are taken for all of them.</param>
    /// <param name="random">Makes the upstream gradients.</param>
    /// <param name="tolerance">Of values and gradients.</param>
    /// <param name="what">Names the case.</param>
    internal static void Compare(
        Func<Tensor[], Tensor> expected, Func<Tensor[], Tensor> actual, Tensor[] inputs, RandomGenerator random, double tolerance,
        string what)
    {
        using var scope = new TensorScope();
        Tensor y;
        using (GradMode.Off())
        {
            y = expected(inputs);
            Close.To(y, actual(inputs), tolerance, $"{what}: value, nothing recorded");
        }

        Tensor upstream = Tensor.RandN(y.Shape, random);
        Tensor[] tangents = Array.ConvertAll(inputs, x => Tensor.RandN(x.Shape, random));
        List<Tensor> e = Differentiate(expected, inputs, upstream, tangents), a = Differentiate(
            actual, inputs, upstream, tangents);
        for (int i = 0; i < e.Count; i++)
        {
            string part = i == 0 ? "value" : i <= inputs.Length ? $"gradient {i - 1}"
                : i == inputs.Length + 1 ? "second gradient of upstream" : $"second gradient {i - inputs.Length - 2}";
            Close.To(e[i], a[i], tolerance, $"{what}: {part}");
        }
    }

    // The result; gradients g of all inputs; gradients of sum(g · tangents) for the upstream gradient and all inputs.
    private static List<Tensor> Differentiate(
        Func<Tensor[], Tensor> function, Tensor[] inputs, Tensor upstream, Tensor[] tangents)
    {
        Tensor[] leaves = Array.ConvertAll(inputs, Leaf);
        Tensor dy = Leaf(upstream), y = function(leaves);
        Tensor[] gradients = OrZeros(Gradient.Of([y], leaves, [dy.To(y.DType).To(y.Device)], createGraph: true), leaves);
        Tensor total = gradients.Zip(tangents, (g, v) => (g * v).Sum()).Aggregate((a, b) => a + b);
        Tensor[] targets = [dy, .. leaves];
        return [y, .. gradients, .. OrZeros(Gradient.Of([total], targets), targets)];
    }

    private static Tensor[] OrZeros(Tensor?[] gradients, Tensor[] like) => [.. gradients.Zip(like, (g, x) => g ?? x.ZerosLike())];

    // Detached views keep the order of elements.
    private static Tensor Leaf(Tensor x)
    {
        Tensor leaf = x.Detach();
        leaf.RequiresGrad = true;
        return leaf;
    }
}
