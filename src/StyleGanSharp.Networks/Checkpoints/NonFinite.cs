using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Checkpoints;

/// <summary>
/// Looks for numbers that are none (NaN, infinity). Weights are looked through only when a result has such numbers, so that
/// loading does not have to read every weight twice.
/// </summary>
public static class NonFinite
{
    /// <summary>Whether a tensor holds such numbers.</summary>
    public static bool Has(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.Count == 0)
        {
            return false;
        }

        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();

        // Finite numbers less themselves are zero, all others are not.
        return !double.IsFinite((tensor - tensor).Sum().Item());
    }

    /// <summary>Name of the first tensor of a network that holds such numbers; null: none does.</summary>
    public static string? Find(IGenerator generator) =>
        (generator as Module)?.NamedTensors().Where(t => Has(t.Value)).Select(t => t.Name).FirstOrDefault();
}
