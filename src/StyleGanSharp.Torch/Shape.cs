using System.Runtime.CompilerServices;

namespace StyleGanSharp.Torch;

/// <summary>Shape checks at public entry points, and the text form of shapes.</summary>
public static class Shape
{
    /// <summary>Requires a tensor to have the given sizes; null stands for any size.</summary>
    /// <exception cref="ShapeException">It has not; the message holds both shapes.</exception>
    public static void Require(
        Tensor tensor, ReadOnlySpan<long?> expected, [CallerArgumentExpression(nameof(tensor))] string argument = "")
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ReadOnlySpan<long> actual = tensor.Shape;
        bool fits = actual.Length == expected.Length;
        for (int i = 0; fits && i < expected.Length; i++)
        {
            fits = expected[i] is not long size || size == actual[i];
        }

        if (!fits)
        {
            var sizes = new string[expected.Length];
            for (int i = 0; i < sizes.Length; i++)
            {
                sizes[i] = expected[i]?.ToString() ?? "*";
            }

            throw new ShapeException($"expected a tensor of shape [{string.Join(", ", sizes)}], got {Format(actual)}", argument);
        }
    }

    /// <summary>A shape as text, e.g. <c>[2, 3, 64, 64]</c>.</summary>
    public static string Format(ReadOnlySpan<long> shape) => $"[{string.Join(", ", shape.ToArray())}]";

    /// <summary>Number of elements of a shape.</summary>
    /// <exception cref="OverflowException">More than fit into 64 bits.</exception>
    public static long Count(ReadOnlySpan<long> shape)
    {
        long count = 1;
        foreach (long size in shape)
        {
            count = checked(count * size);
        }

        return count;
    }
}
