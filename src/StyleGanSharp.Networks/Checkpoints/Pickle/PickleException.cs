namespace StyleGanSharp.Networks.Checkpoints.Pickle;

/// <summary>A pickle is damaged, or asks for something that plain data never needs. Nothing was executed.</summary>
public sealed class PickleException : Exception
{
    private const string Nothing = "nothing was executed";

    /// <summary>Describes what was met and where.</summary>
    /// <param name="message">One sentence without the position.</param>
    /// <param name="offset">Byte offset of the opcode that was refused, from the start of the file.</param>
    /// <param name="inner">The cause, if another exception was translated.</param>
    public PickleException(string message, long offset, Exception? inner = null)
        : base($"{message} (byte {offset}).", inner)
    {
        Offset = offset;
    }

    private PickleException(string message, string rest, long offset)
        : base($"{message} (byte {offset}): {rest}.")
    {
        Offset = offset;
    }

    /// <summary>Byte offset of the opcode that was refused, from the start of the file.</summary>
    public long Offset { get; }

    /// <summary>The error for a name outside the allow-list.</summary>
    /// <param name="verb">What the file wants with it ("call", "create").</param>
    /// <param name="name">The full name as written in the file.</param>
    /// <param name="offset">Byte offset of the opcode.</param>
    internal static PickleException Foreign(string verb, string name, long offset) =>
        new($"The file asks to {verb} {name}", $"this is not part of any known network snapshot, and {Nothing}", offset);
}
