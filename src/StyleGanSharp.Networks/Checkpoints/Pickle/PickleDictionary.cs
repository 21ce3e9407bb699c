using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace StyleGanSharp.Networks.Checkpoints.Pickle;

/// <summary>
/// A Python dictionary or one of its harmless subclasses (collections.OrderedDict, dnnlib.util.EasyDict), in the order of the
/// file. Keys are nearly always texts, so the lookups take texts; other keys are seen by enumeration.
/// </summary>
public sealed class PickleDictionary : IReadOnlyCollection<KeyValuePair<object?, object?>>, IPickleBuildable
{
    private readonly OrderedDictionary<PickleKey, object?> items = [];

    internal PickleDictionary(PickleGlobal? type = null)
    {
        Type = type;
    }

    /// <summary>The subclass, or null for a plain dictionary.</summary>
    public PickleGlobal? Type { get; }

    /// <summary>What the file attached to the dictionary object itself (its __dict__), usually null.</summary>
    public object? State { get; private set; }

    /// <summary>Number of entries.</summary>
    public int Count => items.Count;

    /// <summary>The keys in order: texts, numbers, <see cref="PickleBytes"/>, <see cref="PickleTuple"/> or null.</summary>
    public IEnumerable<object?> Keys => items.Keys.Select(key => key.Value);

    /// <summary>The value stored under a text.</summary>
    /// <param name="key">The key.</param>
    /// <exception cref="KeyNotFoundException">There is no such key.</exception>
    public object? this[string key] => items[PickleKey.Of(key)];

    /// <summary>Whether there is an entry under a text (its value may be null).</summary>
    /// <param name="key">The key.</param>
    public bool ContainsKey(string key) => items.ContainsKey(PickleKey.Of(key));

    /// <summary>Finds the value stored under a text.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value, null if there is none or if it is None.</param>
    /// <returns>Whether the key exists.</returns>
    public bool TryGetValue(string key, out object? value) => items.TryGetValue(PickleKey.Of(key), out value);

    /// <summary>Finds the value stored under a text if it has a certain type.</summary>
    /// <typeparam name="T">The expected type.</typeparam>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <returns>Whether the key exists with a value of that type.</returns>
    public bool TryGet<T>(string key, [NotNullWhen(true)] out T? value)
    {
        value = items.TryGetValue(PickleKey.Of(key), out object? found) && found is T typed ? typed : default;
        return value is not null && found is T;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<object?, object?>> GetEnumerator()
    {
        foreach ((PickleKey key, object? value) in items)
        {
            yield return new(key.Value, value);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Set(PickleKey key, object? value) => items[key] = value;

    internal void Remove(string key) => items.Remove(PickleKey.Of(key));

    void IPickleBuildable.Build(object? state, PickleContext context) => State = state;
}
