using System.Globalization;
using StyleGanSharp.Generation.Notation;
using StyleGanSharp.Generation.Requests;
using StyleGanSharp.Generation.Text;

namespace StyleGanSharp.Generation.Labels;

/// <summary>
/// The classes of a network and how they are written: a name, a number, or a mixture such as <c>A:0.5,Q:0.5</c>.
/// </summary>
/// <param name="count">Classes of the network; 0: it is unconditional.</param>
/// <param name="names">One for each class; empty where the network file has none.</param>
public sealed class ClassLabels(int count, IReadOnlyList<string> names)
{
    private const double MaxWeight = 1e6;
    private const int MostShown = 6;

    /// <summary>Classes of the network; 0: it is unconditional.</summary>
    public int Count => count;

    /// <summary>One for each class; empty where the network file has none.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>Reads a class or a mixture.</summary>
    /// <param name="property">What problems call it.</param>
    /// <param name="text">
    /// The class; or classes joined by commas, each with the weight that follows a colon (1 where none does).
    /// </param>
    /// <returns>The label vector: weights of all classes, positive where the text names one, that sum to 1.</returns>
    /// <exception cref="RequestException">
    /// A class does not exist (the message says which do), is named twice, or its weight is malformed.
    /// </exception>
    public float[] Parse(string property, string text)
    {
        if (count == 0)
        {
            throw new RequestException(property, SafeText.Of(text), "the network is unconditional, it has no classes");
        }

        // A name may hold a comma or a colon itself, so the whole text comes first.
        string[] parts = Find(text) is null ? text.Split(',') : [text];
        var weights = new double[count];
        foreach (string part in parts.Select(p => p.Trim()))
        {
            int colon = Find(part) is null ? part.LastIndexOf(':') : -1;
            (string name, double weight) = colon < 0
                ? (part, 1) : (part[..colon].Trim(), Weight(property, text, part[(colon + 1)..]));
            int index = Find(name) ?? throw Unknown(property, name);
            if (weights[index] > 0)
            {
                throw new RequestException(property, SafeText.Of(text), $"{SafeText.Of(name)} is given twice");
            }

            weights[index] = weight;
        }

        double sum = weights.Sum();
        return [.. weights.Select(w => (float)(w / sum))];
    }

    /// <summary>The label vector of one class.</summary>
    public float[] OneHot(int index)
    {
        var label = new float[count];
        label[index] = 1;
        return label;
    }

    // Names go before numbers: the class called 7 need not be the one with the number 7.
    private int? Find(string text)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == text)
            {
                return i;
            }
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < count ? index : null;
    }

    private static double Weight(string property, string text, string weight) =>
        double.TryParse(weight, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && value is > 0 and <= MaxWeight
            ? value
            : throw new RequestException(
                property, SafeText.Of(text),
                $"'{SafeText.Of(weight)}' is not a weight; write for example A:0.7,B:0.3 (above 0, "
                    + $"up to {MaxWeight}){NumberTexts.ListHint(text)}");

    private RequestException Unknown(string property, string text)
    {
        string value = SafeText.Of(text);
        if (names.Count == 0)
        {
            return new RequestException(
                property, value, $"is not a class of the network: they are numbered 0 to {count - 1}, "
                    + $"and the file has no names for them");
        }

        string[] near = SimilarNames.Of(text, names);
        return new RequestException(property, value, near.Length > 0
            ? $"is not a class of the network; did you mean {Show(near)} (there are {count}, numbered 0 to {count - 1})?"
            : $"is not a class of the network: they are numbered 0 to {count - 1} and called "
                + $"{Show(names.Take(MostShown))}{(count > MostShown ? " ..." : "")}");
    }

    private static string Show(IEnumerable<string> some) => string.Join(", ", some.Select(SafeText.Of));
}
