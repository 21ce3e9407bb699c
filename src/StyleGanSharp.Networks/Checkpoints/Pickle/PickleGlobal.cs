namespace StyleGanSharp.Networks.Checkpoints.Pickle;

/// <summary>A class or function that a file names. Naming it runs nothing.</summary>
public sealed class PickleGlobal
{
    internal PickleGlobal(string module, string name, Func<PickleCall, object?>? interpret, bool isForeign = false)
    {
        Module = module;
        Name = name;
        Interpret = interpret;
        IsForeign = isForeign;
    }

    /// <summary>Whether the name is outside the allow-list, so that nothing is known of what it stands for.</summary>
    public bool IsForeign { get; }

    /// <summary>Python module, for example "dnnlib.util".</summary>
    public string Module { get; }

    /// <summary>Name in the module, for example "EasyDict".</summary>
    public string Name { get; }

    /// <summary>Module and name joined by a dot.</summary>
    public string FullName => $"{Module}.{Name}";

    /// <summary>Turns a call into plain data; null if the name may only be mentioned.</summary>
    internal Func<PickleCall, object?>? Interpret { get; }

    /// <inheritdoc/>
    public override string ToString() => FullName;
}
