using StyleGanSharp.Networks.Checkpoints.Pickle;

namespace StyleGanSharp.Networks.Checkpoints;

/// <summary>Reads options out of a file, with errors that name file, network and option.</summary>
/// <param name="path">The file, for messages.</param>
/// <param name="name">The full name of what the options belong to, for messages.</param>
/// <param name="find">Finds an option; null where it is absent.</param>
internal class OptionReader(string path, string name, Func<string, object?> find)
{
    private const int MaxListLength = 64;

    internal int Int(string option, int min, int max) =>
        OptionalInt(option, min, max) ?? throw Error($"the option '{option}' is missing");

    internal int? OptionalInt(string option, int min, int max)
    {
        object? value = find(option);
        return value switch
        {
            null => null,
            long number when number >= min && number <= max => (int)number,
            _ => throw Error($"the option '{option}' is {Describe(value)}, expected a whole number from {min} to {max}"),
        };
    }

    internal double? OptionalDouble(string option)
    {
        object? value = find(option);
        return value switch
        {
            null => null,
            long number => number,
            double number when double.IsFinite(number) => number,
            _ => throw Error($"the option '{option}' is {Describe(value)}, expected a number"),
        };
    }

    internal bool Flag(string option, bool fallback) => find(option) switch
    {
        null => fallback,
        bool value => value,
        object value => throw Error($"the option '{option}' is {Describe(value)}, expected True or False"),
    };

    internal string Text(string option, string fallback) => find(option) switch
    {
        null => fallback,
        string value => value,
        object value => throw Error($"the option '{option}' is {Describe(value)}, expected a text"),
    };

    /// <summary>A list of numbers; null where the option is absent.</summary>
    internal double[]? Numbers(string option)
    {
        object? value = find(option);
        IEnumerable<object?>? items = value as IEnumerable<object?>;
        if (value is null)
        {
            return null;
        }

        double[]? numbers = items?.Take(MaxListLength + 1).Select(item => item switch
        {
            long number => number,
            double number => number,
            _ => double.NaN,
        }).ToArray();
        return numbers is not null && numbers.Length is > 0 and <= MaxListLength && numbers.All(double.IsFinite)
            ? numbers
            : throw Error($"the option '{option}' is {Describe(value)}, expected a list of numbers");
    }

    /// <summary>One number, or a list of them.</summary>
    internal double[] NumberOrNumbers(string option) => find(option) switch
    {
        null => throw Error($"the option '{option}' is missing"),
        long number => [number],
        _ => Numbers(option)!,
    };

    internal SnapshotException Error(string problem) => new(path, $"in {name}, {problem}.");

    private static string Describe(object? value) => value switch
    {
        null => "None",
        string text => PickleText.Show(text),
        bool or long or double => $"{value}",
        _ => $"a {PickleText.KindOf(value)}",
    };
}
