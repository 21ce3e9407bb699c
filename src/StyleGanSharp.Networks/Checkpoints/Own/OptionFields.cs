using System.Collections.Immutable;

namespace StyleGanSharp.Networks.Checkpoints.Own;

/// <summary>
/// Goes through the fields of an options record by name: a writer stores each value and returns it, a reader returns the stored
/// value in its place. So one list of fields (a <see cref="NetworkFamily"/> has one) serves both ways. (A serializer's generic
/// code for every type of field would take a tenth of a second to compile, each time the program starts.)
/// </summary>
internal abstract class OptionFields
{
    internal abstract int Count(string name, int value);

    /// <summary>A count, or null.</summary>
    internal abstract int? CountOrNull(string name, int? value);

    /// <summary>A count that is left out where it is null.</summary>
    internal abstract int? CountOrNothing(string name, int? value);

    internal abstract double Number(string name, double value);

    /// <summary>A number, or null.</summary>
    internal abstract double? NumberOrNull(string name, double? value);

    internal abstract bool Flag(string name, bool value);

    internal abstract ImmutableArray<double> Numbers(string name, ImmutableArray<double> value);

    /// <summary>One of an enumeration's values, by name.</summary>
    internal T Choice<T>(string name, T value)
        where T : struct, Enum => (T)Choice(name, (Enum)value);

    /// <summary>A record inside the record.</summary>
    internal abstract T Inner<T>(string name, T value, Func<OptionFields, T, T> list)
        where T : class;

    private protected abstract Enum Choice(string name, Enum value);
}
