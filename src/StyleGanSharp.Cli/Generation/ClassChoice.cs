using System.Globalization;
using StyleGanSharp.Cli.Output;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.Generation;

/// <summary>
/// The label of each picture of a conditional network: the chosen class, mixture or vector; else its number modulo the number of classes, or of the
/// label vectors of the training data that the file holds.
/// </summary>
internal sealed class ClassChoice
{
    private readonly float[]? chosen;

    private readonly IReadOnlyList<float[]> vectors;

    private ClassChoice(ClassLabels labels, IReadOnlyList<float[]> vectors, float[]? chosen) =>
        (Labels, this.vectors, this.chosen) = (labels, vectors, chosen);

    /// <summary>Checks the choice against the network.</summary>
    /// <param name="text">The class or mixture as given; null: none was.</param>
    /// <param name="vector">The label vector as given; null: none was.</param>
    /// <param name="labels">Classes of the network.</param>
    /// <param name="vectors">Label vectors of its training data; empty: its labels are classes.</param>
    /// <exception cref="UserException">A class does not exist (the message says which do), or the vector does not fit.</exception>
    internal static ClassChoice Parse(string? text, string? vector, ClassLabels labels, IReadOnlyList<float[]> vectors)
    {
        if (text is not null && vector is not null)
        {
            throw new UserException("--class and --label: give one of the two.");
        }

        if (vectors.Count > 0 && text is not null)
        {
            // Weights of a mixture are scaled to sum up to one, which would change a vector without a word.
            throw new UserException(
                $"--class {SafeText.Of(text)}: the network was trained with label vectors of {labels.Count} numbers, not with classes; write for example "
                + $"--label {Text(vectors[0])}.");
        }

        return new(labels, vectors, text is not null ? labels.Parse("--class", text) : vector is not null ? Vector(vector, labels.Count) : null);
    }

    /// <summary>Classes of the network.</summary>
    internal ClassLabels Labels { get; }

    /// <summary>What the user is told where no class was chosen; null where there is nothing to say.</summary>
    internal string? Notice => Labels.Count == 0 || chosen is not null ? null
        : vectors.Count > 0
            ? $"The network is conditional on label vectors: each picture's label is that of the training data with the number of its seed (or row) modulo {vectors.Count}; --label chooses one."
            : $"The network is conditional: each picture's class is its seed (or row) modulo {Labels.Count}; --class chooses one.";

    /// <summary>Label [1, classes]; null for an unconditional network.</summary>
    internal Tensor? Label(uint number) =>
        Labels.Count == 0 ? null : Tensor.From(chosen ?? Default(number), [1, Labels.Count]);

    /// <summary>Refuses classes where the labels are vectors.</summary>
    internal void RequireClasses(string option)
    {
        if (vectors.Count > 0)
        {
            throw new UserException($"{option}: the network was trained with label vectors of {Labels.Count} numbers, not with classes.");
        }
    }

    private float[] Default(uint number) =>
        vectors.Count > 0 ? vectors[(int)(number % (uint)vectors.Count)] : Labels.OneHot((int)(number % (uint)Labels.Count));

    private static float[] Vector(string text, int size)
    {
        if (size == 0)
        {
            throw new UserException($"--label {SafeText.Of(text)}: the network is unconditional, it has no labels.");
        }

        string[] parts = text.Split(',');
        if (parts.Length != size)
        {
            throw new UserException($"--label {SafeText.Of(text)} has {parts.Length} numbers; the network's labels have {size}.");
        }

        return Array.ConvertAll(parts, part => float.TryParse(part.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && float.IsFinite(value)
            ? value
            : throw new UserException($"--label {SafeText.Of(text)}: '{SafeText.Of(part)}' is no number; write for example {string.Join(',', Enumerable.Repeat("0.5", Math.Min(size, 3)))}."));
    }

    private static string Text(float[] vector) => string.Join(',', vector.Select(v => v.ToString(CultureInfo.InvariantCulture)));
}
