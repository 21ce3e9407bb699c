using System.Collections;

namespace StyleGanSharp.Networks.Checkpoints.Pickle;

/// <summary>A Python set or frozenset; the items keep the order of the file.</summary>
public sealed class PickleSet : IReadOnlyCollection<object?>
{
    private readonly OrderedDictionary<PickleKey, object?> items = [];

    /// <summary>Number of items.</summary>
    public int Count => items.Count;

    /// <summary>Whether the set holds a text.</summary>
    /// <param name="item">The text to look for.</param>
    public bool Contains(string item) => items.ContainsKey(PickleKey.Of(item));

    /// <inheritdoc/>
    public IEnumerator<object?> GetEnumerator() => items.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(PickleKey item) => items.TryAdd(item, item.Value);
}
