namespace StyleGanSharp.Networks.Checkpoints.Pickle;

/// <summary>
/// An object of an allowed or foreign class as inert data: what the file names, what it would pass to the constructor and the
/// state it would set. No code of the class is known or run.
/// </summary>
public sealed class PickleRecord : IPickleBuildable
{
    internal PickleRecord(PickleGlobal type, PickleTuple arguments, PickleDictionary? keywords = null)
    {
        Type = type;
        Arguments = arguments;
        Keywords = keywords;
    }

    /// <summary>The class or function.</summary>
    public PickleGlobal Type { get; }

    /// <summary>Positional arguments.</summary>
    public PickleTuple Arguments { get; }

    /// <summary>Keyword arguments, or null if there are none.</summary>
    public PickleDictionary? Keywords { get; }

    /// <summary>The state, usually a <see cref="PickleDictionary"/> of attributes, or null.</summary>
    public object? State { get; private set; }

    void IPickleBuildable.Build(object? state, PickleContext context) => State = state;
}
