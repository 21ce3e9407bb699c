using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.Generation;

/// <summary>
/// Which class each picture of a conditional network shows: the chosen class or mixture, or its number modulo the number of classes.
/// </summary>
internal sealed class ClassChoice
{
    private readonly float[]? chosen;

    private ClassChoice(ClassLabels labels, float[]? chosen) => (Labels, this.chosen) = (labels, chosen);

    /// <summary>Checks the choice against the network.</summary>
    /// <param name="text">The class or mixture as given; null: none was.</param>
    /// <param name="labels">Classes of the network.</param>
    /// <exception cref="UserException">A class does not exist; the message says which do.</exception>
    internal static ClassChoice Parse(string? text, ClassLabels labels) => new(labels, text is null ? null : labels.Parse("--class", text));

    /// <summary>Classes of the network.</summary>
    internal ClassLabels Labels { get; }

    /// <summary>What the user is told where no class was chosen; null where there is nothing to say.</summary>
    internal string? Notice => Labels.Count > 0 && chosen is null
        ? $"The network is conditional: each picture's class is its seed (or row) modulo {Labels.Count}; --class chooses one."
        : null;

    /// <summary>Label [1, classes]; null for an unconditional network.</summary>
    internal Tensor? Label(uint number) =>
        Labels.Count == 0 ? null : Tensor.From(chosen ?? Labels.OneHot((int)(number % (uint)Labels.Count)), [1, Labels.Count]);
}
