using System.Diagnostics.CodeAnalysis;

namespace StyleGanSharp.Networks.Checkpoints.Pickle;

/// <summary>
/// The classes and functions a file may name, by exact module and name, with what each call means as plain data. Everything
/// else is refused by name, or kept as an inert record (<see cref="KeepForeign"/>). Lists are built once per file format from
/// small groups (<see cref="PickleBuiltins"/>, <see cref="NumpyClasses"/>, ...).
/// </summary>
public sealed class PickleAllowList
{
    private readonly Dictionary<(string Module, string Name), PickleGlobal> entries = [];
    private readonly HashSet<string> modules = new(StringComparer.OrdinalIgnoreCase);
    private bool keepsForeign;

    /// <summary>Allows a callable.</summary>
    /// <param name="module">Exact Python module.</param>
    /// <param name="name">Exact name in the module.</param>
    /// <param name="interpret">Turns a call into plain data, or throws <see cref="PickleCall.Error"/>.</param>
    /// <returns>This list.</returns>
    public PickleAllowList Allow(string module, string name, Func<PickleCall, object?> interpret)
    {
        entries[(module, name)] = new PickleGlobal(module, name, interpret);
        modules.Add(module);
        return this;
    }

    /// <summary>Allows a class whose objects become <see cref="PickleRecord"/>s.</summary>
    /// <param name="module">Exact Python module.</param>
    /// <param name="name">Exact name in the module.</param>
    /// <returns>This list.</returns>
    public PickleAllowList AllowRecord(string module, string name) => Allow(module, name, call => call.ToRecord());

    /// <summary>Allows a name to be mentioned (as an argument) but never called.</summary>
    /// <param name="module">Exact Python module.</param>
    /// <param name="name">Exact name in the module.</param>
    /// <returns>This list.</returns>
    public PickleAllowList AllowMention(string module, string name)
    {
        entries[(module, name)] = new PickleGlobal(module, name, null);
        modules.Add(module);
        return this;
    }

    /// <summary>Adds a group of entries.</summary>
    /// <param name="group">Adds its entries to the list it is given.</param>
    /// <returns>This list.</returns>
    public PickleAllowList With(Action<PickleAllowList> group)
    {
        group(this);
        return this;
    }

    /// <summary>
    /// Takes most names outside the list as inert: what is made of them is a <see cref="PickleRecord"/> whose class
    /// <see cref="PickleGlobal.IsForeign"/>. Nothing of it is known or run; whoever needs such an object refuses it by its name.
    /// What no network is made of, but programs that attack a computer are (<c>os.system</c>), still ends the reading.
    /// </summary>
    /// <returns>This list.</returns>
    public PickleAllowList KeepForeign()
    {
        keepsForeign = true;
        return this;
    }

    /// <summary>Whether a name outside the list is kept as inert instead of ending the reading.</summary>
    internal bool Keeps(string module, string name) => keepsForeign && !ForeignNames.AreRefused(module, name, modules);

    internal bool TryFind(string module, string name, [NotNullWhen(true)] out PickleGlobal? found) =>
        entries.TryGetValue((module, name), out found);
}
