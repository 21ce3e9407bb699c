using System.Globalization;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.Generation;

/// <summary>Which class each picture of a conditional network shows: the chosen one, or its number modulo the number of classes.</summary>
internal sealed class ClassChoice
{
    private readonly int classes;
    private readonly int? chosen;

    private ClassChoice(int classes, int? chosen) => (this.classes, this.chosen) = (classes, chosen);

    /// <summary>Checks the choice against the network.</summary>
    /// <param name="text">The class as given; null: none was.</param>
    /// <param name="classes">Classes of the network; 0: it is unconditional.</param>
    /// <exception cref="UserException">The class does not exist; the message says which do.</exception>
    internal static ClassChoice Parse(string? text, int classes)
    {
        if (text is null)
        {
            return new ClassChoice(classes, null);
        }

        if (classes == 0)
        {
            throw new UserException($"--class {text}: the network is unconditional, it has no classes.");
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int index) && index >= 0 && index < classes
            ? new ClassChoice(classes, index)
            : throw new UserException($"--class '{text}' is none of the network's classes: they are numbered 0 to {classes - 1}.");
    }

    /// <summary>What the user is told where no class was chosen; null where there is nothing to say.</summary>
    internal string? Notice => classes > 0 && chosen is null
        ? $"The network is conditional: each picture's class is its seed (or row) modulo {classes}; --class chooses one."
        : null;

    /// <summary>One-hot label [1, classes]; null for an unconditional network.</summary>
    internal Tensor? Label(uint number) => classes == 0 ? null : OneHot(chosen ?? (int)(number % (uint)classes));

    /// <summary>Label of one class, [1, classes].</summary>
    internal Tensor OneHot(int index)
    {
        var label = new float[classes];
        label[index] = 1;
        return Tensor.From(label, [1, classes]);
    }
}
