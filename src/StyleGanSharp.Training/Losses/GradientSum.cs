using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Training.Losses;

/// <summary>
/// Adds up the gradients of several losses. No part in any of them stays null: Adam leaves such parameters alone.
/// </summary>
/// <param name="parameters">With respect to what.</param>
internal sealed class GradientSum(IEnumerable<Tensor> parameters)
{
    private readonly Tensor[] parameters = [.. parameters];
    private Tensor?[]? sum;

    /// <summary>Adds the gradients of a loss, a single element; its graph is used up.</summary>
    internal void Add(Tensor loss) => Add(Gradient.Of([loss], parameters));

    /// <summary>Adds gradients, one for each parameter, and takes them over.</summary>
    internal void Add(Tensor?[] gradients)
    {
        if (sum is null)
        {
            sum = gradients;
            foreach (Tensor? gradient in gradients)
            {
                gradient?.Own();
            }

            return;
        }

        using GradMode mode = GradMode.Off();
        for (int i = 0; i < gradients.Length; i++)
        {
            if (gradients[i] is Tensor gradient)
            {
                // Some operators hand one tensor to several inputs: never add in place to what came from the engine.
                Tensor? before = sum[i];
                sum[i] = (before is null ? gradient : before + gradient).Own();
                before?.Dispose();
            }
        }
    }

    /// <summary>Makes the sums belong to a scope.</summary>
    internal Tensor?[] HandTo(TensorScope scope)
    {
        Tensor?[] result = sum ?? new Tensor?[parameters.Length];
        foreach (Tensor gradient in result.OfType<Tensor>())
        {
            scope.Adopt(gradient);
        }

        return result;
    }
}
