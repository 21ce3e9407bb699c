namespace StyleGanSharp.Networks.Checkpoints.Pickle;

/// <summary>
/// Reads Python pickles of protocols 0 to 5 without executing anything. A value is: null (None), <see cref="bool"/>,
/// <see cref="long"/>, <see cref="System.Numerics.BigInteger"/> (only beyond 64 bits), <see cref="double"/>,
/// <see cref="string"/>, <see cref="PickleBytes"/>, <see cref="PickleTuple"/>, <see cref="PickleList"/>,
/// <see cref="PickleSet"/>, <see cref="PickleDictionary"/>, <see cref="PickleGlobal"/> (a class that is named), or what the
/// allow-list makes of a call (<see cref="PickleRecord"/>, <see cref="NumpyArray"/>, <see cref="TensorRecord"/>, ...).
/// Python 2 strings are texts if they are ASCII of at most 4096 characters, otherwise bytes.
/// Values may be shared and may contain themselves: walk them with a bound.
/// </summary>
public static class PickleReader
{
    /// <summary>Reads the first pickle in a block of memory; byte strings in the result are slices of it.</summary>
    /// <param name="data">The pickle; bytes after its end are ignored, as by Python.</param>
    /// <param name="allowed">The classes and functions the format may name.</param>
    /// <param name="limits">Bounds of work and memory; null takes the defaults.</param>
    /// <param name="persistent">Supplies objects for persistent ids; null refuses them.</param>
    /// <returns>The value.</returns>
    /// <exception cref="PickleException">The pickle is damaged, too large, or names something outside the allow-list.</exception>
    public static object? Read(
        ReadOnlyMemory<byte> data,
        PickleAllowList allowed,
        PickleLimits? limits = null,
        Func<object?, object?>? persistent = null)
    {
        ArgumentNullException.ThrowIfNull(allowed);
        Func<object?, PickleContext, object?>? supply = persistent is null ? null : (id, _) => persistent(id);
        return new PickleMachine(new PickleInput(data), allowed, new PickleBudget(limits ?? new()), supply).Run();
    }
}
