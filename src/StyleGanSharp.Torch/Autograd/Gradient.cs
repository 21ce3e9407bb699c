using StyleGanSharp.Torch.Interop;

namespace StyleGanSharp.Torch.Autograd;

/// <summary>Gradients as values, without touching <see cref="Tensor.Grad"/>.</summary>
public static class Gradient
{
    /// <summary>Gradients of <paramref name="outputs"/> with respect to <paramref name="inputs"/>.</summary>
    /// <param name="outputs">What is differentiated.</param>
    /// <param name="inputs">With respect to what.</param>
    /// <param name="gradOutputs">Upstream gradients, of the outputs' shapes; null: ones, for single elements.</param>
    /// <param name="createGraph">Record the computation, so that the gradients can be differentiated again.</param>
    /// <param name="retainGraph">Keep the graph of the outputs; implied by <paramref name="createGraph"/>.</param>
    /// <returns>One gradient per input; null where the input had no part in the outputs.</returns>
    public static Tensor?[] Of(
        ReadOnlySpan<Tensor> outputs, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> gradOutputs = default,
        bool createGraph = false, bool retainGraph = false)
    {
        var pointers = new nint[inputs.Length];
        using var outputHandles = new HandleArray(outputs!);
        using var inputHandles = new HandleArray(inputs!);
        using var gradHandles = new HandleArray(gradOutputs!);
        Native.Grad(outputHandles, inputHandles, gradHandles, retainGraph
            || createGraph, createGraph, allowUnused: true, pointers);

        var gradients = new Tensor?[pointers.Length];
        for (int i = 0; i < pointers.Length; i++)
        {
            gradients[i] = pointers[i] == 0 ? null : new Tensor(pointers[i]);
        }

        return gradients;
    }

    /// <summary>Gradient of one output with respect to one input; zeros where it has no part in it.</summary>
    /// <param name="output">What is differentiated.</param>
    /// <param name="input">With respect to what.</param>
    /// <param name="gradOutput">Upstream gradient, of the output's shape; null: one, for a single element.</param>
    /// <param name="createGraph">Record the computation, so that the gradient can be differentiated again.</param>
    /// <param name="retainGraph">Keep the graph of the output; implied by <paramref name="createGraph"/>.</param>
    public static Tensor Of(
        Tensor output, Tensor input, Tensor? gradOutput = null, bool createGraph = false, bool retainGraph = false)
    {
        Tensor?[] gradients = Of([output], [input], gradOutput is null ? [] : [gradOutput], createGraph, retainGraph);
        return gradients[0] ?? input.ZerosLike();
    }
}
