using System.Numerics;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Training.Steps;

/// <summary>Keeps single broken gradients from destroying the optimizer's averages: NaN counts as 0, infinity as ±1e5.</summary>
public static class GradientGuard
{
    /// <summary>What an infinite gradient becomes.</summary>
    public const double Limit = 1e5;

    private static readonly Operator NanToNum = new("aten::nan_to_num");

    /// <summary>Replaces what is not finite.</summary>
    /// <param name="gradients">Gradients of the current scope; entries are exchanged where needed.</param>
    /// <returns>How many gradient tensors had elements that are not finite.</returns>
    public static int Apply(Span<Tensor?> gradients)
    {
        int broken = 0;
        for (int i = 0; i < gradients.Length; i++)
        {
            if (gradients[i] is Tensor gradient && !IsFinite(gradient))
            {
                broken++;
                gradients[i] = NanToNum.Call(gradient, 0.0, Limit, -Limit);
            }
        }

        return broken;
    }

    // x · 0 is 0 for every finite x and NaN for all others.
    private static bool IsFinite(Tensor gradient)
    {
        if (gradient.Device.Type != DeviceType.Cpu || gradient.DType != DType.Float32 || !gradient.IsContiguous)
        {
            return gradient.AllFinite();
        }

        ReadOnlySpan<float> values = gradient.AsSpan<float>();
        Vector<float> sum = Vector<float>.Zero;
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            sum += new Vector<float>(values[i..]) * 0f;
        }

        float rest = Vector.Sum(sum);
        for (; i < values.Length; i++)
        {
            rest += values[i] * 0f;
        }

        return rest == 0;
    }
}
