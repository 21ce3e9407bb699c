namespace StyleGanSharp.Networks.Checkpoints.Pickle;

/// <summary>
/// A call that the file asks for, to be turned into plain data by the entry of a <see cref="PickleAllowList"/>. The arguments
/// are hostile until checked: read them through <see cref="Argument{T}"/>.
/// </summary>
public sealed class PickleCall
{
    internal PickleCall(PickleGlobal type, PickleTuple arguments, PickleDictionary? keywords, PickleContext context)
    {
        Type = type;
        Arguments = arguments;
        Keywords = keywords;
        Context = context;
    }

    /// <summary>What is called.</summary>
    public PickleGlobal Type { get; }

    /// <summary>Positional arguments.</summary>
    public PickleTuple Arguments { get; }

    /// <summary>Keyword arguments, or null if there are none.</summary>
    public PickleDictionary? Keywords { get; }

    internal PickleContext Context { get; }

    /// <summary>A positional argument of a known type.</summary>
    /// <typeparam name="T">The expected type.</typeparam>
    /// <param name="index">Position, from 0.</param>
    /// <param name="meaning">What the argument is, for the error message.</param>
    /// <exception cref="PickleException">It is missing or of another type.</exception>
    public T Argument<T>(int index, string meaning)
    {
        if (index >= Arguments.Count)
        {
            throw Error($"{Type.FullName} is called without its argument {index + 1} ({meaning})");
        }

        return Arguments[index] is T value
            ? value
            : throw Error($"Argument {index + 1} of {Type.FullName} ({meaning}) is a {PickleText.KindOf(Arguments[index])}");
    }

    /// <summary>Checks how many positional arguments there are, and that there are no named ones.</summary>
    /// <param name="least">Smallest number.</param>
    /// <param name="most">Largest number.</param>
    /// <exception cref="PickleException">The number is outside, or arguments are named.</exception>
    public void RequireCount(int least, int most)
    {
        if (Keywords is { Count: > 0 })
        {
            throw Error($"{Type.FullName} is called with named arguments");
        }

        if (Arguments.Count < least || Arguments.Count > most)
        {
            throw Error($"{Type.FullName} is called with {Arguments.Count} arguments");
        }
    }

    /// <summary>Makes an inert record of the call.</summary>
    public PickleRecord ToRecord() => new(Type, Arguments, Keywords);

    /// <summary>Makes the error that refuses the call; throw it.</summary>
    /// <param name="message">One sentence without full stop.</param>
    public PickleException Error(string message) => new(message, Context.Offset);
}
