using StyleGanSharp.Networks.Checkpoints.Pickle;

namespace StyleGanSharp.Networks.Checkpoints;

/// <summary>
/// Reads constructor options out of a module record, with errors that name file, module and option. What the module was built to
/// (its attributes) goes before what it was asked for (its arguments), because defaults differ between code versions.
/// </summary>
/// <param name="path">The file, for messages.</param>
/// <param name="name">The module's full name, for messages.</param>
/// <param name="record">The module.</param>
internal sealed class ModuleOptions(string path, string name, ModuleRecord record)
{
    internal ModuleRecord Record => record;

    /// <summary>The options of a submodule.</summary>
    internal ModuleOptions Child(string child) => record.Modules.TryGetValue(child, out ModuleRecord? found) && found is not null
        ? new ModuleOptions(path, $"{name}.{child}", found)
        : throw Error($"the part '{child}' is missing");

    internal bool HasChild(string child) => record.Modules.TryGetValue(child, out ModuleRecord? found) && found is not null;

    internal int Int(string option, int min, int max) =>
        OptionalInt(option, min, max) ?? throw Error($"the option '{option}' is missing");

    internal int? OptionalInt(string option, int min, int max)
    {
        object? value = Find(option);
        return value switch
        {
            null => null,
            long number when number >= min && number <= max => (int)number,
            _ => throw Error($"the option '{option}' is {Describe(value)}, expected a whole number from {min} to {max}"),
        };
    }

    internal double? OptionalDouble(string option)
    {
        object? value = Find(option);
        return value switch
        {
            null => null,
            long number => number,
            double number when double.IsFinite(number) => number,
            _ => throw Error($"the option '{option}' is {Describe(value)}, expected a number"),
        };
    }

    internal bool Flag(string option, bool fallback) => Find(option) switch
    {
        null => fallback,
        bool value => value,
        object value => throw Error($"the option '{option}' is {Describe(value)}, expected True or False"),
    };

    internal string Text(string option, string fallback) => Find(option) switch
    {
        null => fallback,
        string value => value,
        object value => throw Error($"the option '{option}' is {Describe(value)}, expected a text"),
    };

    /// <summary>A list of numbers; null where the option is absent.</summary>
    internal double[]? Numbers(string option)
    {
        object? value = Find(option);
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

    /// <summary>The shape of one of the module's own tensors.</summary>
    internal IReadOnlyList<long> Shape(string tensor, int dimensions)
    {
        TensorRecord? found = record.Parameters.GetValueOrDefault(tensor) ?? record.Buffers.GetValueOrDefault(tensor);
        return found is null ? throw Error($"the tensor '{tensor}' is missing")
            : found.Shape.Count != dimensions ? throw Error($"the tensor '{tensor}' has {found.Shape.Count} dimensions instead of {dimensions}")
            : found.Shape;
    }

    internal SnapshotException Error(string problem) => new(path, $"in {name}, {problem}.");

    private const int MaxListLength = 64;

    private static string Describe(object? value) => value switch
    {
        null => "None",
        string text => PickleText.Show(text),
        bool or long or double => $"{value}",
        _ => $"a {PickleText.KindOf(value)}",
    };

    private object? Find(string option) =>
        record.Attributes.TryGetValue(option, out object? value) || record.InitKwargs.TryGetValue(option, out value) ? value : null;
}
