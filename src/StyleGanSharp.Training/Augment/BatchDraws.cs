using StyleGanSharp.Torch;

namespace StyleGanSharp.Training.Augment;

/// <summary>The draws of one batch: always the value first, then the gate that decides whether an image is touched.</summary>
/// <param name="source">Where the numbers come from.</param>
/// <param name="strength">p.</param>
/// <param name="count">Images of the batch.</param>
internal sealed class BatchDraws(IAugmentDraws source, double strength, int count)
{
    /// <summary>Images of the batch.</summary>
    internal int Count => count;

    /// <summary>
    /// Draws a uniform value per image and calls <paramref name="apply"/> with image and value where the gate is open.
    /// </summary>
    internal void Uniform(string name, double multiplier, Action<int, double> apply) =>
        Each(source.Uniform, name, multiplier * strength, 1, (i, values) => apply(i, values[0]));

    /// <summary>The same with two values.</summary>
    internal void UniformPair(string name, double multiplier, Action<int, double, double> apply) =>
        Each(source.Uniform, name, multiplier * strength, 2, (i, values) => apply(i, values[0], values[1]));

    /// <summary>The same with a normal value.</summary>
    internal void Normal(string name, double multiplier, Action<int, double> apply) =>
        Each(source.Normal, name, multiplier * strength, 1, (i, values) => apply(i, values[0]));

    /// <summary>The same with two normal values.</summary>
    internal void NormalPair(string name, double multiplier, Action<int, double, double> apply) =>
        Each(source.Normal, name, multiplier * strength, 2, (i, values) => apply(i, values[0], values[1]));

    /// <summary>
    /// One of two chances to rotate: each is so rare that an image stays as it is with the probability 1 - p of a single one.
    /// </summary>
    internal void Rotation(string name, double multiplier, Action<int, double> apply)
    {
        double probability = 1 - Math.Sqrt(Math.Clamp(1 - (multiplier * strength), 0, 1));
        Each(source.Uniform, name, probability, 1, (i, values) => apply(i, values[0]));
    }

    /// <summary>Which images a transform without a gated value touches.</summary>
    internal bool[] Gate(string name, double multiplier) => Gate(name, multiplier * strength, count);

    /// <summary>Uniform values that are always drawn: [count, values] row by row.</summary>
    internal float[] Values(string name, int values) => Take(source.Uniform(name, [count, values]));

    /// <summary>Normal values for every pixel.</summary>
    internal Tensor Field(string name, ReadOnlySpan<long> shape) => source.Normal(name, shape);

    private void Each(Draw draw, string name, double probability, int values, Action<int, ReadOnlySpan<float>> apply)
    {
        float[] drawn = Take(draw($"{name}/value", values == 1 ? [count] : [count, values]));
        bool[] open = Gate(name, probability, count);
        for (int i = 0; i < count; i++)
        {
            if (open[i])
            {
                apply(i, drawn.AsSpan(i * values, values));
            }
        }
    }

    private bool[] Gate(string name, double probability, int pictures) =>
        Array.ConvertAll(Take(source.Uniform($"{name}/gate", [pictures])), u => u < (float)probability);

    private static float[] Take(Tensor drawn)
    {
        using (drawn)
        {
            return drawn.ToArray<float>();
        }
    }

    private delegate Tensor Draw(string name, ReadOnlySpan<long> shape);
}
